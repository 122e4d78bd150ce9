package identicom.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that signs real certificates, made by the JDK's {@code keytool} and good for two days. */
public final class TestAuthority {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String SELF = "authority";
    private static final long LIMIT_S = 60;

    private final Path folder;
    private final Path store;

    /**
     * A certificate with its key.
     *
     * @param chain PEM: the certificate, then its authority's
     * @param key PEM, PKCS#8, without a password
     * @param both PEM: the key, then the chain
     * @param server how a server speaks that shows it
     */
    public record Signed(Path chain, Path key, Path both, SSLContext server) {}

    /** A new one, whose files lie in {@code folder}. */
    public TestAuthority(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.store = this.folder.resolve("authority.p12");
        keytool("-genkeypair", "-alias", SELF, "-dname", "CN=Test authority", "-ext", "bc:c=ca:true");
    }

    /** The authority's own certificate, as PEM. */
    public Path certificate() {
        try {
            return Files.writeString(
                    folder.resolve("authority.pem"),
                    pem("CERTIFICATE", read().getCertificate(SELF).getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param name whom it is for, such as {@code ip:127.0.0.1} or {@code dns:kafka.example} */
    public Signed signs(String name) {
        String alias = name.replace(':', '-');
        keytool("-genkeypair", "-alias", alias, "-signer", SELF, "-dname", "CN=" + alias, "-ext", "san=" + name);
        try {
            KeyStore all = read();
            StringBuilder chain = new StringBuilder();
            Certificate[] certificates = all.getCertificateChain(alias);
            for (Certificate one : certificates) {
                chain.append(pem("CERTIFICATE", one.getEncoded()));
            }
            String key = pem("PRIVATE KEY", all.getKey(alias, PASSWORD).getEncoded());
            return new Signed(
                    Files.writeString(folder.resolve(alias + ".pem"), chain),
                    Files.writeString(folder.resolve(alias + ".key"), key),
                    Files.writeString(folder.resolve(alias + "-both.pem"), key + chain),
                    server(all, alias, certificates));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a client speaks that believes this authority and no other. */
    public SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(SELF, read().getCertificate(SELF));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext server(KeyStore all, String alias, Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore read() throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD);
        }
        return all;
    }

    private static String pem(String what, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "changeit"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        try {
            Files.createDirectories(folder);
            Path log = folder.resolve("keytool.log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + "\n" + Files.readString(log));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
