package identicom.mediaservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import identicom.mediaservice.MediaFixture;
import identicom.mediaservice.Shot;
import identicom.schema.v1.AuditEntry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentApiTest {
    private static final int SIZE = 50_000;

    @TempDir
    private static Path root;

    private static MediaFixture media;
    private static MediaHttp http;
    private Shot shot;
    private String path;

    @BeforeAll
    static void open() throws Exception {
        media = new MediaFixture(root);
        http = new MediaHttp(media);
    }

    @AfterAll
    static void close() {
        http.close();
        media.close();
    }

    @BeforeEach
    void store() throws Exception {
        media.database().execute("truncate media.picture, media.part, media.outbox");
        shot = beginning("ffd8ffe0", SIZE);
        media.take(shot.blocks(1));
        path = path();
    }

    private static Shot beginning(String hex, int size) {
        Shot random = Shot.of("MAN-1", 7, size, 1);
        byte[] beginning = HexFormat.of().parseHex(hex);
        System.arraycopy(beginning, 0, random.content(), 0, beginning.length);
        return random;
    }

    private static String path() throws Exception {
        return "/api/v1/pictures/"
                + http.json("/api/v1/pictures").get("items").get(0).get("id").asText() + "/content";
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static List<AuditEntry> audited() throws Exception {
        List<AuditEntry> entries = new ArrayList<>();
        try (Connection connection = media.database().owner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select value from media.outbox order by id")) {
            while (rows.next()) {
                entries.add(AuditEntry.parseFrom(rows.getBytes(1)));
            }
        }
        return entries;
    }

    @Test
    void theContentIsAnsweredByteForByteAndIsNothingElseThanAPicture() throws Exception {
        HttpResponse<byte[]> response = http.get(path, "operator");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(shot.content());
        assertThat(header(response, "content-type")).isEqualTo("image/jpeg");
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(SIZE));
        assertThat(header(response, "content-disposition")).isEqualTo("inline; filename=\"MAN-1-7.jpg\"");
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(response, "content-security-policy")).contains("default-src 'none'");
        assertThat(header(response, "etag")).isEqualTo("\"" + shot.sha256() + "\"");
        assertThat(header(response, "cache-control")).isEqualTo("private, no-cache");
        assertThat(header(response, "accept-ranges")).isEqualTo("bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a, image/png, inline; filename=\"MAN-1-7.png\"",
        "ffd9, application/octet-stream, attachment; filename=\"MAN-1-7.bin\"",
        "3c7376673e, application/octet-stream, attachment; filename=\"MAN-1-7.bin\"",
        "3c68746d6c3e, application/octet-stream, attachment; filename=\"MAN-1-7.bin\""
    })
    void theTypeIsWhatTheFirstBytesSay(String hex, String type, String disposition) throws Exception {
        media.database().execute("truncate media.picture cascade");
        media.take(beginning(hex, 100).blocks(1));
        HttpResponse<byte[]> response = http.get(path(), "operator");
        assertThat(header(response, "content-type")).isEqualTo(type);
        assertThat(header(response, "content-disposition")).isEqualTo(disposition);
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void whoHasItAlreadyIsToldSo(String known) throws Exception {
        String tag = "\"" + shot.sha256() + "\"";
        HttpResponse<byte[]> response = http.get(path, "operator", "If-None-Match", known.formatted(tag));
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(header(response, "etag")).isEqualTo(tag);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whoHasAnotherGetsIt() throws Exception {
        assertThat(http.get(path, "operator", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=100-199, 100, 199",
        "bytes=49999-, 49999, 49999",
        "bytes=49000-99999, 49000, 49999",
        "bytes=-10, 49990, 49999",
        "bytes=-99999, 0, 49999"
    })
    void aRangeIsThatPartOfIt(String range, int first, int last) throws Exception {
        HttpResponse<byte[]> response = http.get(path, "operator", "Range", range);
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(header(response, "content-range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(last - first + 1));
        assertThat(header(response, "content-type")).isEqualTo("image/jpeg");
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(shot.content(), first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=50000-", "bytes=60000-60001", "bytes=-0"})
    void aRangeBeyondTheEndIsRefusedWithTheSize(String range) throws Exception {
        HttpResponse<byte[]> response = http.get(path, "operator", "Range", range);
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "content-range")).isEqualTo("bytes */" + SIZE);
        assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=5-1", "bytes=-", "lines=1-2", "bytes=a-b"})
    void whatIsNotOneRangeIsAnsweredWithTheWhole(String range) throws Exception {
        HttpResponse<byte[]> response = http.get(path, "operator", "Range", range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(shot.content());
    }

    @Test
    void aRangeOfAnotherContentIsAnsweredWithTheWhole() throws Exception {
        assertThat(http.get(path, "operator", "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.get(path, "operator", "Range", "bytes=0-1", "If-Range", "\"" + shot.sha256() + "\"")
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void anEmptyPictureHasAnEmptyContent() throws Exception {
        media.database().execute("truncate media.picture cascade");
        media.take(Shot.of("MAN-1", 1, 0, 1).bare().build());
        HttpResponse<byte[]> response = http.get(path(), "operator");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whatIsNotCompleteHasNoContentAndSaysWhy() throws Exception {
        media.database().execute("truncate media.picture cascade");
        media.take(Shot.of("MAN-1", 1, 3_000, 1).blocks(1).subList(0, 1));
        HttpResponse<byte[]> response = http.get(path(), "operator");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(text(response)).contains("The picture is partial: 1018 of 3000 bytes", "\"state\":\"partial\"");
        media.database().execute("truncate media.picture cascade");
        media.take(Shot.declaredCorrupt(Shot.of("MAN-1", 2, 3_000, 2).wrongBlocks(2, 5)));
        assertThat(http.get(path(), "operator").statusCode()).isEqualTo(409);
        assertThat(audited()).isEmpty();
    }

    @Test
    void aMissingFileIsNotTakenForAnEmptyPicture() throws Exception {
        Files.delete(media.content(shot.sha256()));
        HttpResponse<byte[]> response = http.get(path, "operator");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(text(response)).contains("missing in the store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1.0",
                "99999999999999999999",
                "..%2f..%2fSTORE",
                "..%2F..%2F..%2Fetc%2Fpasswd",
                "%2e%2e",
                "1%27%20or%201=1",
                "1%00",
                "00000000-0000-8000-8000-000000000000"
            })
    void anIdThatIsNoneIsNotFoundAndLeadsNowhere(String id) throws Exception {
        HttpResponse<byte[]> response = http.get("/api/v1/pictures/" + id + "/content", "administrator");
        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void whoLookedIsRecordedWithWhat() throws Exception {
        http.get(path, "auditor");
        assertThat(audited()).singleElement().satisfies(entry -> {
            assertThat(entry.getWho()).isEqualTo("user-auditor");
            assertThat(entry.getRole()).isEqualTo("auditor");
            assertThat(entry.getService()).isEqualTo("media-service");
            assertThat(entry.getAction()).isEqualTo("picture.view");
            assertThat(entry.getObject()).isEqualTo("MAN-1");
            assertThat(entry.getFrom()).isEqualTo("127.0.0.1");
            assertThat(entry.getDetailMap()).containsEntry("picture", "7").containsEntry("sha256", shot.sha256());
        });
        http.get("/api/v1/pictures/999999/content", "auditor");
        http.get(path, "fleet");
        assertThat(audited()).hasSize(1);
    }
}
