package identicom.runtime.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What the HTTP interface shows who speaks TLS to it: one PEM file with the certificate, its intermediates, and the key. */
final class ServerCertificate {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final char[] IN_MEMORY = new char[0];

    private ServerCertificate() {}

    /**
     * Of a configured path; none where that is empty.
     *
     * @throws IllegalArgumentException the file is not such a file; the message says what it should be and nothing of the key
     */
    static Optional<SSLContext> parse(String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(Path.of(path), StandardCharsets.US_ASCII);
            return Optional.of(context(key(text), chain(text)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a PEM file with a certificate chain and its key (BEGIN PRIVATE KEY), that can be read", e);
        }
    }

    private static SSLContext context(PrivateKey key, Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("http", key, IN_MEMORY, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Certificate[] chain(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> chain = new ArrayList<>();
        for (byte[] one : blocks(text, "CERTIFICATE")) {
            chain.add(factory.generateCertificate(new ByteArrayInputStream(one)));
        }
        return chain.toArray(Certificate[]::new);
    }

    private static PrivateKey key(String text) throws GeneralSecurityException {
        List<byte[]> keys = blocks(text, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw new InvalidKeySpecException(keys.size() + " keys (expected: 1)");
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
            } catch (InvalidKeySpecException another) {
                continue;
            }
        }
        throw new InvalidKeySpecException("a key of another kind (expected: " + ALGORITHMS + ")");
    }

    private static List<byte[]> blocks(String text, String kind) {
        List<byte[]> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals(kind)) {
                blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return blocks;
    }
}
