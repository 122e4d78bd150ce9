package identicom.runtime.token;

import java.time.Duration;

/** What stands in a token: header {@code alg} and {@code kid}, claims {@code sub}, {@code role}, {@code jti}, {@code iat}, {@code exp}. */
public final class TokenClaims {
    /** The only algorithm: Ed25519. */
    public static final String ALGORITHM = "EdDSA";

    /** The claim that holds the role's name in lower case. */
    public static final String ROLE = "role";

    /** How long a token is valid. */
    public static final Duration LIFETIME = Duration.ofHours(13);

    /** A revoked token's record is kept under this and its id. */
    public static final String REVOKED_TOKEN_KEY = "revoked:";

    /** The record that revokes a user's tokens issued until then is kept under this and the name. */
    public static final String REVOKED_USER_KEY = "revoked-user:";

    private TokenClaims() {}
}
