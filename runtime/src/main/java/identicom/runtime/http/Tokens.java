package identicom.runtime.http;

import java.util.Optional;

/** Says whose a token is. */
@FunctionalInterface
public interface Tokens {
    /** The identity that the token proves; empty when it proves none. */
    Optional<Identity> check(String token);
}
