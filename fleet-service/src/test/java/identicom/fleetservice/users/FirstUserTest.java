package identicom.fleetservice.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.fleetservice.storage.Transactions;
import identicom.runtime.config.ConfigurationException;
import identicom.schema.DatabaseSchema;
import identicom.testing.TestDatabase;
import identicom.testing.TestPostgres;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the password of the first user can be, on a database without any. */
class FirstUserTest {
    private static final BcryptPasswords PASSWORDS = new BcryptPasswords(4, 1);

    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        PASSWORDS.close();
        postgres.close();
    }

    private static UsersApi users(TestDatabase database) {
        return new UsersApi(new Transactions(database.service(), () -> {}), PASSWORDS, Clock.systemUTC());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "with a \tin it"})
    void aPasswordThatNoUserCouldHaveIsRefused(String password) throws Exception {
        try (TestDatabase database = TestDatabase.on(postgres, DatabaseSchema.FLEET)) {
            UsersApi users = users(database);
            String problem = "admin.password: " + password.length()
                    + " characters (expected: 8 to 1024 characters, no control characters)";

            assertThatThrownBy(() -> users.checkFirstUser(password))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(problem);
            assertThatThrownBy(() -> users.makeFirstUser(password))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(problem);
            assertThat(database.number("select count(*) from fleet.users")).isZero();
        }
    }

    @Test
    void whereThereIsAUserItIsNotLookedAt() throws Exception {
        try (TestDatabase database = TestDatabase.on(postgres, DatabaseSchema.FLEET)) {
            UsersApi users = users(database);
            users.checkFirstUser("hunter22");
            assertThat(users.makeFirstUser("hunter22")).isTrue();

            users.checkFirstUser("hunter2");
            assertThat(users.makeFirstUser("hunter2")).isTrue();
            assertThat(database.column("select name from fleet.users")).containsExactly("admin");
        }
    }

    @Test
    void noPasswordAtAllMakesNobody() throws Exception {
        try (TestDatabase database = TestDatabase.on(postgres, DatabaseSchema.FLEET)) {
            UsersApi users = users(database);
            users.checkFirstUser("");

            assertThat(users.makeFirstUser("")).isFalse();
        }
    }
}
