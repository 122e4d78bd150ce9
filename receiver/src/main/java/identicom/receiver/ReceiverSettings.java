package identicom.receiver;

import identicom.receiver.commands.CommandSettings;
import identicom.receiver.progress.PictureSettings;
import identicom.receiver.publish.PublishSettings;
import identicom.receiver.server.ServerSettings;
import identicom.receiver.whitelist.WhitelistSettings;
import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.db.Databases;
import identicom.wire.event.EventCatalogue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a station is configured with.
 *
 * @param station its name; empty: one is made up at the first start and kept in the state directory
 * @param catalogue the event catalogue with the installation's own classes
 */
record ReceiverSettings(
        String station,
        EventCatalogue catalogue,
        ServerSettings server,
        PublishSettings publish,
        WhitelistSettings whitelist,
        PictureSettings pictures,
        CommandSettings commands) {
    private static final Key<String> STATION = Key.optionalText(
            "receiver.station",
            "Name of this station, unique among all; without one a name is made up at the first start and kept in the state directory");
    private static final Key<Map<String, String>> CLASSES = Key.family(
            "events.class",
            "Class of an event code where it differs from the protocol's: events.class.3c = routine, high or critical; 3b and 48 stay critical");

    static final List<Key<?>> KEYS = Stream.of(
                    List.<Key<?>>of(STATION, CLASSES),
                    ServerSettings.KEYS,
                    PublishSettings.KEYS,
                    WhitelistSettings.KEYS,
                    PictureSettings.KEYS,
                    CommandSettings.KEYS,
                    Databases.keys("whitelist"))
            .<Key<?>>flatMap(List::stream)
            .toList();

    /** @throws IllegalArgumentException naming what is wrong with the event classes */
    static ReceiverSettings from(Configuration c) {
        return new ReceiverSettings(
                c.get(STATION),
                EventCatalogue.configured(c.get(CLASSES)),
                ServerSettings.from(c),
                PublishSettings.from(c),
                WhitelistSettings.from(c),
                PictureSettings.from(c),
                CommandSettings.from(c));
    }
}
