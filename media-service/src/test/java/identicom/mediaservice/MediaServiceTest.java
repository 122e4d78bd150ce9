package identicom.mediaservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.runtime.config.Configuration;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.kafka.TopicAdmin;
import identicom.runtime.process.Health;
import identicom.runtime.process.Metrics;
import identicom.schema.Profile;
import identicom.schema.Topic;
import identicom.schema.v1.PictureBlock;
import identicom.testing.TestDatabase;
import identicom.testing.TestKafka;
import identicom.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service between a real broker and a real PostgreSQL. */
class MediaServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private Clusters clusters;
    private MediaFixture media;
    private TestTopics topics;

    @BeforeEach
    void start() throws Exception {
        kafka = TestKafka.start();
        Map<String, Object> address = Map.of("bootstrap.servers", kafka.bootstrapServers());
        clusters = new Clusters(address, address);
        TopicAdmin.createMissing(clusters, Profile.EMBEDDED, line -> {});
        media = new MediaFixture(folder.resolve("pictures"));
        topics = new TestTopics(kafka.bootstrapServers());
    }

    @AfterEach
    void stop() {
        topics.close();
        media.close();
        kafka.close();
    }

    private MediaService service(Health health, Metrics metrics) {
        Configuration configuration = Configuration.of(
                Map.of("database.media.url", media.database().url(), "database.media.password", TestDatabase.PASSWORD),
                MediaService.KEYS);
        return new MediaService(configuration, clusters, health, metrics, folder);
    }

    private void publish(List<PictureBlock> blocks) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (PictureBlock block : blocks) {
            sent.add(topics.send(Topic.PICTURES.topicName(), block.getIdentity().getSerial(), block.toByteArray()));
        }
        TestTopics.acknowledged(sent);
    }

    @Test
    void blocksOfManyUnitsBecomePicturesOverARestartAndPoisonDoesNotHoldThemUp() throws Exception {
        List<Shot> shots = new ArrayList<>();
        List<PictureBlock> blocks = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            Shot shot = Shot.of("MAN-" + i, i, 20_000, i);
            shots.add(shot);
            blocks.addAll(shot.blocks(1));
        }
        Collections.shuffle(blocks, new Random(1));
        blocks.add(3, PictureBlock.newBuilder().setReading(1).build());
        int half = blocks.size() / 2;
        try (Metrics metrics = new Metrics();
                MediaService service = service(new Health(), metrics)) {
            service.start();
            publish(blocks.subList(0, half));
            await().atMost(LIMIT).until(() -> media.parts() > 100);
        }
        publish(blocks.subList(half, blocks.size()));
        Health health = new Health();
        try (Metrics metrics = new Metrics();
                MediaService service = service(health, metrics)) {
            service.start();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(media.pictures())
                            .containsExactlyElementsOf(shots.stream()
                                    .map(shot -> "%s %d complete 20000 %s"
                                            .formatted(shot.serial(), shot.number(), shot.sha256()))
                                    .toList()));
            await().atMost(LIMIT).until(() -> metrics.scrape().contains("identicom_media_sweeps_total 1.0"));
            assertThat(metrics.scrape())
                    .contains("identicom_media_pictures_total{state=\"complete\"}", "identicom_media_blocks_total ");
            assertThat(health.live()).isTrue();
        }
        assertThat(media.contents())
                .containsExactlyElementsOf(
                        shots.stream().map(Shot::sha256).sorted().toList());
        assertThat(media.parts()).isZero();
    }
}
