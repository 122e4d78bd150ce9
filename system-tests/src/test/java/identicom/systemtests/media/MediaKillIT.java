package identicom.systemtests.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.v1.PictureBlock;
import identicom.systemtests.Seeds;
import identicom.systemtests.backing.Backing.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** media-service is killed three times while it takes in 200 pictures, at moments of its writing, and started again on the same data. */
class MediaKillIT {
    private static final int PICTURES = 200;
    private static final int KILLS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(180);

    private static MediaParts parts;

    @BeforeAll
    static void start() throws Exception {
        parts = MediaParts.start();
    }

    @AfterAll
    static void stop() throws Exception {
        parts.close();
    }

    static LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noneIsLostNoneIsHalfNoneIsThereTwiceAndFilesAndRowsAgree(long seed) throws Exception {
        Random random = new Random(seed);
        List<SentPicture> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            pictures.add(SentPicture.random("K" + seed + "-" + i % 40, i, random));
        }
        List<List<PictureBlock>> slices = slices(pictures, random);
        for (int kill = 0; kill < KILLS; kill++) {
            try (Running running = parts.startService()) {
                long before = whole();
                long filesBefore = parts.contents().size();
                int more = random.nextInt(1, 20);
                Callable<Boolean> moment = moment(random.nextInt(3), before, filesBefore, more);
                List<Future<RecordMetadata>> sent = parts.publish(slices.get(kill));
                await().atMost(LIMIT)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> moment.call() || whole() >= before + PICTURES / (KILLS + 2));
                running.kill();
                for (Future<RecordMetadata> one : sent) {
                    one.get();
                }
            }
        }
        for (Future<RecordMetadata> one : parts.publish(slices.get(KILLS))) {
            one.get();
        }
        try (Running running = parts.startService()) {
            await().atMost(LIMIT)
                    .until(() -> parts.number("select count(*) from media.picture where serial like 'K" + seed
                                    + "-%' and state in ('complete', 'corrupt')")
                            == PICTURES);
            await().atMost(LIMIT).until(() -> parts.swept(running));
            check(pictures, seed);
        }
    }

    /** A moment of the writing: while files are written, when they have their names, when their rows are there. */
    private static Callable<Boolean> moment(int which, long before, long filesBefore, int more) {
        return switch (which) {
            case 0 -> () -> parts.unfinished() >= more;
            case 1 -> () -> parts.contents().size() >= filesBefore + more;
            default -> () -> whole() >= before + more;
        };
    }

    private static long whole() throws Exception {
        return parts.number("select count(*) from media.picture where sha256 is not null");
    }

    /** Blocks of all pictures, some pictures at a time, out of order and some of them twice. */
    private static List<List<PictureBlock>> slices(List<SentPicture> pictures, Random random) {
        List<List<PictureBlock>> slices = new ArrayList<>();
        for (int i = 0; i <= KILLS; i++) {
            slices.add(new ArrayList<>());
        }
        for (int i = 0; i < pictures.size(); i++) {
            int slice = i * (KILLS + 1) / pictures.size();
            for (PictureBlock block : pictures.get(i).blocks()) {
                // some come only after the next kill
                int when = Math.min(KILLS, slice + (random.nextInt(50) == 0 ? 1 : 0));
                slices.get(when).add(block);
                slices.get(random.nextInt(10) == 0 ? Math.min(KILLS, when + random.nextInt(2)) : when)
                        .addAll(random.nextInt(10) == 0 ? List.of(block) : List.of());
            }
        }
        slices.forEach(slice -> Collections.shuffle(slice, random));
        return slices;
    }

    private static void check(List<SentPicture> pictures, long seed) throws Exception {
        assertThat(parts.column("select concat_ws(' ', serial, picture, state, received, encode(sha256, 'hex'))"
                        + " from media.picture where serial like 'K" + seed + "-%'"))
                .containsExactlyInAnyOrderElementsOf(
                        pictures.stream().map(SentPicture::expectedRow).toList());
        Map<String, Path> files = parts.contents();
        assertThat(parts.column("select distinct encode(sha256, 'hex') from media.picture where sha256 is not null"))
                .as("a row for each file and a file for each row")
                .containsExactlyInAnyOrderElementsOf(files.keySet());
        Map<String, byte[]> expected =
                pictures.stream().collect(Collectors.toMap(SentPicture::sha256, SentPicture::kept));
        for (Map.Entry<String, byte[]> one : expected.entrySet()) {
            assertThat(Files.readAllBytes(files.get(one.getKey()))).isEqualTo(one.getValue());
        }
        assertThat(parts.unfinished()).isZero();
        assertThat(
                        parts.number(
                                "select count(*) from media.part join media.picture on id = picture_id where state = 'complete'"))
                .isZero();
    }
}
