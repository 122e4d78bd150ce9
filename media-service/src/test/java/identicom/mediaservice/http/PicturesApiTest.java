package identicom.mediaservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.mediaservice.MediaFixture;
import identicom.mediaservice.Shot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesApiTest {
    @TempDir
    private static Path root;

    private static MediaFixture media;
    private static MediaHttp http;

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
    void empty() throws Exception {
        media.database().execute("truncate media.picture, media.part, media.outbox");
    }

    private static List<String> shown(JsonNode page) {
        List<String> shown = new ArrayList<>();
        page.get("items")
                .forEach(item -> shown.add(
                        item.get("serial").asText() + " " + item.get("picture").asInt()));
        return shown;
    }

    private static void storeFive() throws Exception {
        for (int number : new int[] {3, 1, 5, 2, 4}) {
            media.take(Shot.of(number % 2 == 0 ? "B-2" : "A-1", number, 1_500, number)
                    .blocks(1));
        }
    }

    @Test
    void aPictureIsShownAsItIsKept() throws Exception {
        Shot shot = Shot.of("MAN-1", 7, 1_500, 1);
        media.take(shot.blocks(1));
        JsonNode item = http.json("/api/v1/pictures").get("items").get(0);
        assertThat(item.get("id").isTextual()).isTrue();
        assertThat(item.get("serial").asText()).isEqualTo("MAN-1");
        assertThat(item.get("picture").asInt()).isEqualTo(7);
        assertThat(item.get("takenAt").asText()).isEqualTo("2026-11-18T11:06:47Z");
        assertThat(item.get("size").asInt()).isEqualTo(1_500);
        assertThat(item.get("crc32").asText())
                .isEqualTo("%08x".formatted(shot.identity().getCrc32()));
        assertThat(item.get("sha256").asText()).isEqualTo(shot.sha256());
        assertThat(item.get("state").asText()).isEqualTo("complete");
        assertThat(item.get("received").asInt()).isEqualTo(1_500);
        assertThat(item.size()).isEqualTo(9);
    }

    @Test
    void whatIsNotWholeSaysSo() throws Exception {
        media.take(Shot.of("MAN-1", 1, 3_000, 1).blocks(1).subList(0, 2));
        media.take(Shot.of("MAN-1", 2, 3_000, 2).bare().setTooLarge(true).build());
        media.take(Shot.declaredCorrupt(Shot.of("MAN-1", 3, 3_000, 3).wrongBlocks(2, 5)));
        JsonNode items = http.json("/api/v1/pictures").get("items");
        assertThat(items.get(2).get("state").asText()).isEqualTo("partial");
        assertThat(items.get(2).get("received").asInt()).isEqualTo(2_036);
        assertThat(items.get(2).get("sha256").isNull()).isTrue();
        assertThat(items.get(1).get("state").asText()).isEqualTo("too-large");
        assertThat(items.get(0).get("state").asText()).isEqualTo("corrupt");
        assertThat(items.get(0).get("sha256").asText()).hasSize(64);
    }

    @Test
    void newestTakenStandFirstWhateverCameFirst() throws Exception {
        storeFive();
        assertThat(shown(http.json("/api/v1/pictures"))).containsExactly("A-1 5", "B-2 4", "A-1 3", "B-2 2", "A-1 1");
    }

    @Test
    void filtersAreOfSerialAndTimeTaken() throws Exception {
        storeFive();
        assertThat(shown(http.json("/api/v1/pictures?serial=B-2"))).containsExactly("B-2 4", "B-2 2");
        assertThat(shown(http.json("/api/v1/pictures?from=2026-11-18T11:06:42Z&to=2026-11-18T11:06:44Z")))
                .containsExactly("A-1 3", "B-2 2");
        assertThat(shown(http.json("/api/v1/pictures?serial=NOBODY"))).isEmpty();
    }

    @Test
    void pagesHaveEachPictureOnceWhateverComesMeanwhile() throws Exception {
        storeFive();
        Shot sameTime = Shot.of("C-3", 3, 10, 3);
        media.take(sameTime.blocks(1));
        List<String> shown = new ArrayList<>();
        JsonNode page = http.json("/api/v1/pictures?limit=2");
        shown.addAll(shown(page));
        media.take(Shot.of("NEW", 9, 10, 9).blocks(1));
        while (!page.get("next").isNull()) {
            page = http.json(
                    "/api/v1/pictures?limit=2&cursor=" + page.get("next").asText());
            shown.addAll(shown(page));
        }
        assertThat(shown).containsExactly("A-1 5", "B-2 4", "C-3 3", "A-1 3", "B-2 2", "A-1 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serial=x",
                "serial=' or 1=1",
                "from=yesterday",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "limit=0",
                "cursor=abc",
                "cursor=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "state=partial"
            })
    void whatCannotBeUsedIsAnsweredWithWhatWasExpected(String query) throws Exception {
        var response = http.get("/api/v1/pictures?" + query.replace(" ", "%20").replace("'", "%27"), "operator");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("expected");
    }

    @ParameterizedTest
    @CsvSource({"operator, 200", "auditor, 200", "administrator, 200", "fleet, 403", "nobody, 401"})
    void eachRoleSeesWhatItMay(String token, int status) throws Exception {
        media.take(Shot.of("MAN-1", 1, 10, 1).blocks(1));
        String id = http.json("/api/v1/pictures").get("items").get(0).get("id").asText();
        assertThat(http.get("/api/v1/pictures", token).statusCode()).isEqualTo(status);
        assertThat(http.get("/api/v1/pictures/" + id + "/content", token).statusCode())
                .isEqualTo(status);
    }
}
