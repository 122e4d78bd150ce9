package identicom.receiver;

import static identicom.receiver.server.Said.identification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import identicom.receiver.server.Album;
import identicom.receiver.server.RawUnit;
import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.UnitState;
import identicom.testing.TestKafka;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.ListPictures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures from a real socket to a real cluster. The units are on the list by {@code identicom.units}; there is no database. */
class PicturesServiceTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int BLOCK = 1_018;

    private static Clusters clusters;

    @AutoClose
    private static Topics topics;

    private static final AtomicInteger warmed = new AtomicInteger();

    @TempDir
    private Path folder;

    private Metrics metrics = new Metrics();
    private ReceiverService receiver;

    @BeforeAll
    static void topics() throws Exception {
        Map<String, Object> shared =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
        clusters = new Clusters(shared, shared);
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
        topics = new Topics(clusters);
    }

    @BeforeEach
    void start() {
        receiver = start("one");
        warm();
    }

    private ReceiverService start(String station) {
        metrics = new Metrics();
        Map<String, String> values = Map.ofEntries(
                Map.entry("receiver.station", station),
                Map.entry("units.host", "127.0.0.1"),
                Map.entry("units.port", "0"),
                Map.entry("receiver.probe-interval", "100ms"),
                Map.entry("receiver.linger", "500ms"),
                Map.entry("receiver.silence", "30s"),
                Map.entry("receiver.identification-limit", "60s"),
                Map.entry("receiver.settle", "25s"),
                Map.entry("receiver.publish.silence", "30s"),
                Map.entry("receiver.pictures.max-bytes", "200000"),
                Map.entry("receiver.pictures.progress-wait", "60s"),
                Map.entry("database.whitelist.url", "jdbc:postgresql://127.0.0.1:1/none"));
        ReceiverService started = new ReceiverService(
                Configuration.of(values, ReceiverService.KEYS),
                clusters,
                new Health(),
                metrics,
                folder.resolve(station));
        started.start();
        return started;
    }

    /** A producer's first record may be given up while the producer is made; so nobody's first one is what a test looks at. */
    private void warm() {
        String serial = "WARM-" + warmed.incrementAndGet();
        Album album = new Album().take(1, Album.bytes(9 * BLOCK));
        await().atMost(SOON).until(() -> dialIn(serial, album, 1_000).pictures.isEmpty());
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    /** Dials in until the station knows the unit well enough to ask for its pictures. */
    private Album dialIn(String serial, Album album, int reads) {
        topics.unit(serial, 1, UnitState.COMMISSIONED);
        int asked = album.requests.size();
        await().atMost(SOON).until(() -> {
            try (RawUnit unit = new RawUnit(receiver.unitsPort())) {
                album.converse(unit.send(identification(serial)), reads);
            }
            return album.requests.stream().skip(asked).anyMatch(ListPictures.class::isInstance);
        });
        return album;
    }

    private static List<PictureBlock> blocks(String serial) {
        return topics.all(Cluster.MAIN, Topic.PICTURES).stream()
                .map(record -> parsed(() -> PictureBlock.parseFrom(record.value())))
                .filter(block -> block.getIdentity().getSerial().equals(serial))
                .toList();
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> lastProgress(String serial) {
        return topics.all(Cluster.MAIN, Topic.PICTURE_PROGRESS).stream()
                .filter(record -> parsed(() -> identicom.schema.v1.PictureIdentity.parseFrom(record.key()))
                        .getSerial()
                        .equals(serial))
                .reduce((earlier, later) -> later);
    }

    private interface Parse<T> {
        T now() throws InvalidProtocolBufferException;
    }

    private static <T> T parsed(Parse<T> parse) {
        try {
            return parse.now();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] content(List<PictureBlock> blocks, int size) {
        byte[] content = new byte[size];
        blocks.forEach(block -> block.getData().copyTo(content, block.getOffset()));
        return content;
    }

    @Test
    void aPictureIsOnMainWholeBeforeItsUnitIsToldToDeleteIt() {
        byte[] picture = Album.bytes(40_000);
        double blocksBefore = metricOf("identicom_receiver_picture_blocks_total");
        double deletedBefore = metricOf("identicom_receiver_pictures_total{outcome=\"deleted\"}");
        double readBefore = metricOf("identicom_receiver_pictures_total{outcome=\"read\"}");
        Album album = dialIn("P-1", new Album().take(1, picture).take(2, new byte[0]), 1_000);
        assertThat(album.pictures).isEmpty();
        assertThat(album.requests).contains(new DeletePicture(1), new DeletePicture(2));
        List<PictureBlock> blocks = blocks("P-1");
        assertThat(blocks).hasSize(40 + 1);
        assertThat(content(blocks.subList(0, 40), 40_000)).isEqualTo(picture);
        assertThat(blocks)
                .allMatch(block -> block.getReading() == 1 && block.getStation().equals("one"));
        await().atMost(SOON)
                .until(() ->
                        lastProgress("P-1").filter(last -> last.value() == null).isPresent());
        assertThat(metricOf("identicom_receiver_picture_blocks_total")).isEqualTo(blocksBefore + 40);
        assertThat(metricOf("identicom_receiver_pictures_total{outcome=\"deleted\"}"))
                .isEqualTo(deletedBefore + 2);
        assertThat(metricOf("identicom_receiver_pictures_total{outcome=\"read\"}"))
                .isEqualTo(readBefore + 1);
    }

    private double metricOf(String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    @Test
    void aPictureCutOffGoesOnAtAnotherStationWithAtMostEightBlocksTwice() {
        byte[] picture = Album.bytes(100_000);
        Album album = dialIn("P-2", new Album().take(1, picture), 43);
        await().atMost(SOON)
                .until(() -> lastProgress("P-2")
                        .map(last -> parsed(() -> PictureProgress.parseFrom(last.value())))
                        .filter(progress -> progress.getDurableOffset() >= 40 * BLOCK)
                        .isPresent());
        receiver.close();
        receiver = start("two");
        warm();
        dialIn("P-2", album, 1_000);
        assertThat(album.pictures).isEmpty();
        int all = (100_000 + BLOCK - 1) / BLOCK;
        assertThat(album.reads).hasSizeBetween(all, all + 8);
        List<PictureBlock> blocks = blocks("P-2");
        assertThat(content(blocks, 100_000)).isEqualTo(picture);
        assertThat(blocks).extracting(PictureBlock::getStation).contains("one", "two");
    }

    @Test
    void aPictureAboveTheLimitIsToldAndLeft() {
        Album album = dialIn("P-3", new Album().take(9, new byte[200_001]), 1_000);
        assertThat(album.pictures).hasSize(1);
        assertThat(album.reads).isEmpty();
        await().atMost(SOON).until(() -> blocks("P-3").stream().anyMatch(PictureBlock::getTooLarge));
    }
}
