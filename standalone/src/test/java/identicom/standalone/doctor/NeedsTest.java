package identicom.standalone.doctor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.config.Configuration;
import identicom.runtime.process.Stack;
import identicom.schema.Cluster;
import identicom.standalone.RealParts;
import identicom.standalone.process.ProcessKeys;
import identicom.standalone.process.ServiceKind;
import identicom.standalone.process.ServiceProcess;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the services' needs, held against services that run. */
@Timeout(600)
class NeedsTest {
    @TempDir
    static Path folder;

    @Test
    void theGroupsAreThoseThatTheServicesReadWith() throws Exception {
        try (RealParts parts = new RealParts(folder.resolve("brokers"));
                Stack running = new Stack()) {
            for (ServiceKind kind : ServiceKind.values()) {
                Map<String, String> values = new HashMap<>(parts.configuration());
                values.put("data", folder.resolve(kind.text()).toString());
                values.put("receiver.probe-interval", "250ms");
                running.add(
                        kind.text(),
                        ServiceProcess.start(kind, Configuration.of(values, ProcessKeys.all()), line -> {}));
            }
            Needs needs = Needs.of(EnumSet.allOf(ServiceKind.class));
            for (Cluster cluster : Cluster.values()) {
                try (Admin admin = parts.admin(cluster)) {
                    await().during(5, SECONDS)
                            .atMost(120, SECONDS)
                            .untilAsserted(() -> assertThat(groups(admin)).isEqualTo(needs.groups(cluster)));
                }
            }
        }
    }

    private static Set<String> groups(Admin admin) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (GroupListing group :
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get(60, SECONDS)) {
            ids.add(group.groupId());
        }
        return ids;
    }
}
