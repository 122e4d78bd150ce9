package identicom.receiver.simulation;

import identicom.receiver.commands.CommandSettings;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.progress.PictureSettings;
import identicom.receiver.publish.PublishSettings;
import identicom.receiver.server.ServerSettings;
import identicom.receiver.session.PictureRules;
import identicom.receiver.session.Rules;
import identicom.receiver.session.SessionMachine;
import identicom.receiver.whitelist.WhitelistSettings;
import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventClass;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * What simulated stations go by: the protocol's times, but queues, blocks, windows and marks so small that short schedules come up
 * against each. Every time limit of a session is another, so that a fault can be planted in one alone.
 */
final class Settings {
    static final int BLOCK_BYTES = 100;
    static final int WINDOW = 3;
    static final EventCatalogue CATALOGUE = EventCatalogue.standard();
    static final ReceiverMetrics METRICS = new ReceiverMetrics(new CompositeMeterRegistry());
    private static final Rules RULES =
            new Rules(code -> CATALOGUE.type(code).eventClass() == EventClass.CRITICAL, 40, 6, 4, 2);
    static final SessionMachine MACHINE =
            new SessionMachine(RULES, new PictureRules(true, UnitPictures.MAX_BYTES, BLOCK_BYTES, WINDOW, 1_000));
    static final PictureSettings PICTURES = new PictureSettings(UnitPictures.MAX_BYTES, 1_000, Duration.ofSeconds(5));
    static final CommandSettings COMMANDS = new CommandSettings(1_000);
    static final PublishSettings PUBLISHING = new PublishSettings(
            16,
            16,
            16,
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMillis(2),
            1 << 20,
            1 << 20,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3));
    static final WhitelistSettings WHITELIST = new WhitelistSettings(
            1_000, Duration.ofMillis(500), 200, Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofSeconds(10));
    static final ServerSettings SERVER = new ServerSettings(
            "simulated",
            0,
            1,
            List.of(),
            1_000,
            20,
            Duration.ofSeconds(2),
            new ServerSettings.SessionLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(9),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(15)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));

    private Settings() {}
}
