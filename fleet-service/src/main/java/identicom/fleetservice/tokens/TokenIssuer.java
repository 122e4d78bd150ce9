package identicom.fleetservice.tokens;

import identicom.runtime.http.Problem;
import identicom.runtime.http.Role;
import identicom.runtime.token.TokenClaims;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Makes the signed tokens that every service checks by itself. */
public final class TokenIssuer {
    private final SigningKeys keys;

    /** @param id by which it can be revoked */
    public record Token(String text, String id) {}

    public TokenIssuer(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * A token for a user.
     *
     * @param revokedUntil tokens issued up to this are revoked; as times in tokens are whole seconds, one made within the same
     *     second is dated the next
     */
    public Token issue(Connection connection, String user, Role role, Instant now, @Nullable Instant revokedUntil)
            throws SQLException {
        SigningKey key = keys.current(connection, now)
                .orElseThrow(() -> Problem.unavailable("There is no signing key yet; try again in a moment"));
        long issuedAt = now.getEpochSecond();
        if (revokedUntil != null && issuedAt <= revokedUntil.getEpochSecond()) {
            issuedAt = revokedUntil.getEpochSecond() + 1;
        }
        String id = UUID.randomUUID().toString();
        JwtClaims claims = new JwtClaims();
        claims.setSubject(user);
        claims.setStringClaim(TokenClaims.ROLE, role.text());
        claims.setJwtId(id);
        claims.setIssuedAt(NumericDate.fromSeconds(issuedAt));
        claims.setExpirationTime(NumericDate.fromSeconds(now.getEpochSecond() + TokenClaims.LIFETIME.toSeconds()));
        return new Token(sign(claims, key), id);
    }

    private static String sign(JwtClaims claims, SigningKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(TokenClaims.ALGORITHM);
        signature.setKeyIdHeaderValue(key.kid());
        signature.setKey(key.privateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Could not sign with " + key, e);
        }
    }
}
