package identicom.alertservice;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.alertservice.store.Wearers;
import identicom.schema.v1.UnitRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who carries which unit and where, from identicom.units, in memory: so an alert has its wearer's name while the database
 * is away too. Only units of which something is known take room. Any thread.
 */
final class WearerDirectory implements Wearers {

    private static final Logger LOG = LoggerFactory.getLogger(WearerDirectory.class);

    private record Named(String wearer, String phone, String site, long version) {
        boolean tellsNothing() {
            return wearer.isEmpty() && phone.isEmpty() && site.isEmpty();
        }
    }

    private final Map<String, Named> names = new ConcurrentHashMap<>();

    void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            names.remove(new String(record.key(), StandardCharsets.UTF_8));
            return;
        }
        try {
            UnitRecord unit = UnitRecord.parseFrom(record.value());
            names.merge(
                    unit.getSerial(),
                    new Named(unit.getWearer(), unit.getPhone(), unit.getSite(), unit.getVersion()),
                    (one, other) -> other.version() >= one.version() ? other : one);
            names.computeIfPresent(unit.getSerial(), (serial, named) -> named.tellsNothing() ? null : named);
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{} {}: not a unit's record, passed over", record.topic(), record.partition(), record.offset());
        }
    }

    @Override
    public @Nullable String of(String serial) {
        return text(serial, Named::wearer);
    }

    @Nullable String phone(String serial) {
        return text(serial, Named::phone);
    }

    @Nullable String site(String serial) {
        return text(serial, Named::site);
    }

    private @Nullable String text(String serial, Function<Named, String> part) {
        Named named = names.get(serial);
        return named == null || part.apply(named).isEmpty() ? null : part.apply(named);
    }
}
