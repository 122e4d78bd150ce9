package identicom.runtime.kafka;

import identicom.schema.Profile;
import java.util.List;
import java.util.function.Consumer;

public final class TopicAdmin {
    private TopicAdmin() {}

    public static void createMissing(Clusters clusters, Profile profile, Consumer<String> progress) {}

    public static List<String> problems(Clusters clusters) {
        return List.of();
    }
}
