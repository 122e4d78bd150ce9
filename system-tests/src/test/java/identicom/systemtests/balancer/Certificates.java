package identicom.systemtests.balancer;

import identicom.systemtests.harness.Installed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made by {@code openssl}, valid for two days: an authority's, and what it signs for a balancer and for units. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final long LIMIT_S = 20;

    private final Path openssl = program();
    private final Path folder;
    private final String authority;

    /** A new authority, whose files lie in {@code folder}. */
    Certificates(Path folder, String authority) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.authority = authority;
        make(authority, List.of());
    }

    /** Where openssl is; where it is not the test is skipped, or fails. */
    static Path program() {
        return Installed.program("openssl", "/usr/bin/openssl", "/usr/local/bin/openssl");
    }

    /** The authority's certificate, as PEM. */
    Path authority() {
        return file(authority, ".pem");
    }

    /** A certificate that the authority has signed, and its key, in one PEM file. */
    Path signed(String name) throws IOException, InterruptedException {
        make(
                name,
                List.of(
                        "-CA",
                        authority().toString(),
                        "-CAkey",
                        file(authority, ".key").toString(),
                        "-addext",
                        "basicConstraints=critical,CA:FALSE"));
        Path both = file(name, "-both.pem");
        Files.writeString(both, Files.readString(file(name, ".pem")) + Files.readString(file(name, ".key")));
        return both;
    }

    private void make(String name, List<String> more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file(name, ".key").toString(),
                "-out",
                file(name, ".pem").toString()));
        arguments.addAll(more);
        run(arguments);
    }

    /** How a unit speaks that trusts this authority and shows a certificate that {@code signer} has signed for it. */
    SSLContext unit(String name, Certificates signer)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path both = signer.signed(name);
        Path bundle = signer.file(name, ".p12");
        run(List.of(
                "pkcs12",
                "-export",
                "-in",
                both.toString(),
                "-out",
                bundle.toString(),
                "-passout",
                "pass:" + PASSWORD));
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(bundle)) {
            own.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        return context(keys.getKeyManagers());
    }

    /** How a unit speaks that trusts this authority and has no certificate. */
    SSLContext unitWithoutCertificate() throws IOException, GeneralSecurityException {
        return context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager[] own) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority())) {
            trusted.setCertificateEntry(
                    authority, CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust.getTrustManagers(), null);
        return context;
    }

    private Path file(String name, String end) {
        return folder.resolve(name + end);
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(openssl.toString()));
        command.addAll(arguments);
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + "\n" + Files.readString(log));
        }
    }
}
