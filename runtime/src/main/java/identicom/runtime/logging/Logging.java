package identicom.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import java.util.List;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * What the logs look like. Until {@link #apply} they are plain lines on standard error, as the resource {@code logback.xml} says: standard
 * output belongs to the ready line and to commands' results.
 */
public final class Logging {
    private enum Format {
        PLAIN,
        JSON
    }

    private enum Threshold {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** One line for one event, whatever characters stand in its message: nothing that came from outside begins a line, turns one, or acts in a terminal. */
    private static final String PLAIN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{0} - %replace(%replace(%msg %kvp{NONE}){' $', ''}){'[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]', '?'}%n%ex";

    private static final Key<Format> FORMAT =
            Key.choice("log.format", Format.class, Format.PLAIN, "plain lines, or one JSON object a line");
    private static final Key<Threshold> LEVEL =
            Key.choice("log.level", Threshold.class, Threshold.INFO, "least level of this project's own messages");

    private static final Key<Boolean> ACCESS =
            Key.flag("log.access", true, "one line a session of a unit, at its end (standalone: false)");

    public static final List<Key<?>> KEYS = List.of(FORMAT, LEVEL, ACCESS);

    private Logging() {}

    /** Makes the logs look as configured. */
    public static void apply(Configuration configuration) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("identicom")
                .setLevel(Level.valueOf(configuration.get(LEVEL).name()));
        context.getLogger("access").setLevel(configuration.get(ACCESS) ? Level.INFO : Level.OFF);
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("console");
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, configuration.get(FORMAT)));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }

    /** Leaves out what that logger says, for a command that says itself what failed and why. */
    public static void silence(String logger) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(logger).setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, Format format) {
        return switch (format) {
            case PLAIN -> {
                PatternLayoutEncoder plain = new PatternLayoutEncoder();
                plain.setContext(context);
                plain.setPattern(PLAIN);
                plain.start();
                yield plain;
            }
            case JSON -> {
                LogstashEncoder json = new LogstashEncoder();
                json.setContext(context);
                json.setTimeZone("UTC");
                json.start();
                yield json;
            }
        };
    }
}
