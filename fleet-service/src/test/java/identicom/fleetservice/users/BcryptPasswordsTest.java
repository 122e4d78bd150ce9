package identicom.fleetservice.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BcryptPasswordsTest {
    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        try (BcryptPasswords passwords = new BcryptPasswords(4, 1)) {
            String hash = passwords.hash("Grüße an alle");
            assertThat(hash).startsWith("$2a$04$").isNotEqualTo(passwords.hash("Grüße an alle"));
            assertThat(passwords.matches("Grüße an alle", hash)).isTrue();
            assertThat(passwords.matches("Grüsse an alle", hash)).isFalse();
        }
    }

    @Test
    void aLongPasswordCountsToItsLastCharacter() {
        try (BcryptPasswords passwords = new BcryptPasswords(4, 1)) {
            String hash = passwords.hash("x".repeat(200) + "a");
            assertThat(passwords.matches("x".repeat(200) + "a", hash)).isTrue();
            assertThat(passwords.matches("x".repeat(200) + "b", hash)).isFalse();
        }
    }
}
