package identicom.mediaservice.assembly;

import identicom.mediaservice.index.PictureState;
import identicom.runtime.process.EndToEnd;
import identicom.runtime.process.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the taking in of blocks counts, each batch after its commit. */
final class IntakeMeters {
    private final Map<PictureState, Counter> became = new EnumMap<>(PictureState.class);
    private final Counter blocks;
    private final Counter bytes;
    private final Counter stored;
    private final EndToEnd endToEnd;

    IntakeMeters(Metrics metrics) {
        MeterRegistry registry = metrics.registry();
        for (PictureState state : PictureState.values()) {
            became.put(
                    state,
                    Counter.builder("identicom.media.pictures")
                            .description("Pictures that came into this state here")
                            .tag("state", state.text())
                            .register(registry));
        }
        blocks = Counter.builder("identicom.media.blocks")
                .description("Blocks taken in, repeated ones included")
                .register(registry);
        bytes = Counter.builder("identicom.media.block")
                .description("Bytes of the blocks taken in")
                .baseUnit("bytes")
                .register(registry);
        stored = Counter.builder("identicom.media.stored")
                .description("Bytes of pictures that became whole here")
                .baseUnit("bytes")
                .register(registry);
        endToEnd = new EndToEnd(metrics, "media-service", "picture");
    }

    /** @param readAt when each of the blocks was read */
    void blocks(List<Instant> readAt, long ofBytes) {
        blocks.increment(readAt.size());
        bytes.increment(ofBytes);
        readAt.forEach(endToEnd::stored);
    }

    void became(PictureState state) {
        became.get(state).increment();
    }

    void stored(long ofBytes) {
        stored.increment(ofBytes);
    }
}
