package identicom.receiver.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The station's log while it is simulated or fuzzed: silent, but for failures of its own, which are kept. */
public final class QuietLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Map<String, Level> LEVELS =
            Map.of("identicom", Level.ERROR, "access", Level.OFF, "io.netty", Level.WARN, "io.micrometer", Level.OFF);

    private final Map<Logger, @Nullable Level> before = new LinkedHashMap<>();
    private final ThreadLocal<@Nullable String> failure = new ThreadLocal<>();

    public QuietLog() {
        start();
        LEVELS.forEach((name, level) -> {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(level);
            logger.addAppender(this);
        });
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String cause = thrown == null ? "" : ": " + thrown.getClassName() + " " + thrown.getMessage();
        if (failure.get() == null) {
            failure.set("the station's log says: " + event.getFormattedMessage() + cause);
        }
    }

    /** What this thread logged since it last asked; null: nothing. */
    @Nullable String takeFailure() {
        String taken = failure.get();
        failure.remove();
        return taken;
    }

    @Override
    public void close() {
        before.forEach((logger, level) -> {
            logger.detachAppender(this);
            logger.setLevel(level);
        });
        stop();
    }
}
