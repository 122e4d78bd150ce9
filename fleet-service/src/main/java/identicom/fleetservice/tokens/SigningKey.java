package identicom.fleetservice.tokens;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.UUID;

/**
 * An Ed25519 key pair that signs tokens.
 *
 * @param kid names it in a token's header
 * @param notAfter no token signed by it is valid after this
 */
record SigningKey(String kid, PublicKey publicKey, PrivateKey privateKey, Instant createdAt, Instant notAfter) {
    private static final String ALGORITHM = "Ed25519";

    static SigningKey create(Instant createdAt, Instant notAfter) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(
                    UUID.randomUUID().toString(), pair.getPublic(), pair.getPrivate(), createdAt, notAfter);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    static SigningKey stored(String kid, byte[] publicKey, byte[] privateKey, Instant createdAt, Instant notAfter) {
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new SigningKey(
                    kid,
                    factory.generatePublic(new X509EncodedKeySpec(publicKey)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)),
                    createdAt,
                    notAfter);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing key " + kid + " in fleet.signing_keys cannot be read", e);
        }
    }

    /** Names the key and nothing of its bytes. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
