package identicom.standalone.system;

/**
 * Whether module {@code embedded}, whose brokers and database {@code standalone} starts, is in this program: an image
 * leaves it out.
 */
public final class EmbeddedModule {
    private static final String ONE_OF_ITS_CLASSES = "identicom/embedded/KafkaBroker.class";

    private EmbeddedModule() {}

    public static boolean isThere() {
        return EmbeddedModule.class.getClassLoader().getResource(ONE_OF_ITS_CLASSES) != null;
    }
}
