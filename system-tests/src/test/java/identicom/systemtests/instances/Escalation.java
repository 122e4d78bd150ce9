package identicom.systemtests.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.WebhookListener;
import identicom.systemtests.harness.WebhookListener.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Three levels that tell a web server of every alert, and what that must have been told. */
final class Escalation {
    private static final List<String> LEVELS = List.of("/one", "/two", "/three");
    private static final int LEVEL_SECONDS = 5;

    /** What an instance had in hand when it was killed is handed over again after its lease of 30 s. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Escalation() {}

    static void by(WebhookListener webhook, Desk administrator) throws IOException, InterruptedException {
        Desk.Answer answer =
                administrator.put("/api/v1/escalation-policies/default", webhook.policy(LEVELS, LEVEL_SECONDS));
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    /** Each step was one step, told once or in doubt twice. @param open whose alerts nobody took: no level was left out */
    static void check(WebhookListener webhook, Set<String> all, Set<String> open) {
        for (String level : LEVELS) {
            await("told by " + level)
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(toldBy(webhook, level)).containsAll(open));
        }
        Map<String, List<String>> keys = new HashMap<>();
        webhook.told().stream()
                .filter(told -> all.contains(told.serial()))
                .forEach(told -> keys.computeIfAbsent(told.serial() + told.path(), step -> new ArrayList<>())
                        .add(told.key()));
        assertThat(keys).allSatisfy((step, its) -> {
            assertThat(its).hasSizeLessThanOrEqualTo(2);
            assertThat(Set.copyOf(its)).hasSize(1);
        });
    }

    private static Set<String> toldBy(WebhookListener webhook, String level) {
        return webhook.told().stream()
                .filter(told -> told.path().equals(level))
                .map(Told::serial)
                .collect(Collectors.toSet());
    }
}
