package identicom.systemtests.backing;

import identicom.systemtests.harness.Served;
import java.util.Map;
import java.util.function.Function;

/** The services' interfaces as one, as an ingress joins them: each path goes to its service. */
public final class Ingress {
    public static final String ALERT = "alert-service";
    public static final String FLEET = "fleet-service";
    public static final String LOG = "log-service";
    public static final String MEDIA = "media-service";

    private static final Map<String, String> BY_PATH = Map.of(
            "login",
            FLEET,
            "users",
            FLEET,
            "units",
            FLEET,
            "commands",
            FLEET,
            "system",
            FLEET,
            "events",
            LOG,
            "audit",
            LOG,
            "holds",
            LOG,
            "pictures",
            MEDIA);

    private Ingress() {}

    /** @param instance of a service, by its name, to which a request goes */
    public static Served over(Function<String, Served> instance) {
        return path -> {
            String first = path.replaceFirst("^/api/v1/", "").replaceFirst("[/?].*", "");
            return instance.apply(BY_PATH.getOrDefault(first, ALERT)).http(path);
        };
    }
}
