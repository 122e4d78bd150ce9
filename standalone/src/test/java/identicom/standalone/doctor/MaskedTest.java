package identicom.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.runtime.config.Configuration;
import identicom.standalone.process.ProcessKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
    @Test
    void noSecretOfTheConfigurationIsSaidWhereverItStands() {
        Masked masked = Masked.of(Configuration.of(
                Map.of(
                        "database.fleet.password", "first-secret",
                        "kafka.main.sasl.jaas.config", "a.Module required password=\"second-secret\";",
                        "webhook.secret", "third-secret",
                        "units.host", "no-secret"),
                ProcessKeys.all()));

        assertThat(masked.of(new Finding(
                                Mark.WRONG,
                                "first-secret",
                                "a.Module required password=\"second-secret\"; third-secret",
                                "no-secret",
                                "x first-secret"))
                        .line())
                .isEqualTo("wrong    ***: *** *** (expected: no-secret); do: x ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/d?password=hidden&ssl=true",
                "Login failed for password = \"hidden\"",
                "sslpassword=hidden"
            })
    void aPasswordInsideAnAddressOrASettingIsNotSaid(String text) {
        assertThat(new Masked(List.of()).of(Finding.ok("x", text)).line())
                .contains("***")
                .doesNotContain("hidden");
    }
}
