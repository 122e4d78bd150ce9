package identicom.logservice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import identicom.schema.DatabaseSchema;
import identicom.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports of a log that is larger than the memory of the process which streams it. */
class ExportTest {
    private static final int ROWS = 300_000;

    /** The rows take several times this as objects, and more than this as text. */
    private static final String SMALL_HEAP = "-Xmx48m";

    private static TestDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = TestDatabase.fresh(DatabaseSchema.EVENT_LOG);
        database.execute("""
                insert into event_log.event (identity, event_time, serial, log_id, sequence, type_code, type_name, class,
                    flags, clock_set, late, software_version, raw, session_id, station, source_address, accepted_at,
                    decoded_at, trust)
                select sha256(i::text::bytea), now() - i * interval '1 second', 'MAN-' || i %% 100, 1, i, 32,
                    'status check', 'routine', 0, true, false, '1.4.2', substr(sha256(i::text::bytea), 1, 20), 'session',
                    'station-of-a-fairly-long-name', '10.1.2.3:40312', now(), now(), 'whitelisted'
                from generate_series(1, %d) i""".formatted(ROWS));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/x-ndjson"})
    void aProcessOfSmallMemoryStreamsEveryRowOnce(String accept) throws Exception {
        Process server = smallServer();
        try (BufferedReader said = server.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            int port = Integer.parseInt(said.readLine());
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                    .header("Authorization", "Bearer auditor")
                    .header("Accept", accept)
                    .build();
            HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            // Sequences are unique: their number and sum are those of 1..ROWS only if each is there once.
            long[] rows = response.body()
                    .mapToLong(ExportTest::sequence)
                    .filter(sequence -> sequence > 0)
                    .sorted()
                    .toArray();
            assertThat(rows).hasSize(ROWS).startsWith(1, 2, 3).endsWith(ROWS).doesNotHaveDuplicates();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static Process smallServer() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SMALL_HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallServer.class.getName(),
                database.url(),
                DatabaseSchema.EVENT_LOG.role(),
                TestDatabase.PASSWORD);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** 0 for the header. */
    private static long sequence(String line) {
        String[] csv = line.split(",", 4);
        String third = csv[2].replace("\"sequence\":", "");
        return third.equals("sequence") ? 0 : Long.parseLong(third);
    }

    @Test
    void aReaderThatLeavesEndsTheExport() throws Exception {
        CountingDataSource counted = new CountingDataSource(database.service());
        try (LogHttp http = new LogHttp(counted)) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request = HttpRequest.newBuilder(http.uri("/api/v1/events"))
                        .header("Authorization", "Bearer auditor")
                        .header("Accept", "text/csv")
                        .build();
                try (InputStream body =
                        client.send(request, BodyHandlers.ofInputStream()).body()) {
                    assertThat(new InputStreamReader(body, StandardCharsets.UTF_8).read())
                            .isEqualTo('s');
                }
                client.shutdownNow();
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            http.scrape().contains("identicom_http_requests_seconds_count{operation=\"listEvents\""));
            assertThat(counted.connections()).isLessThan(ROWS / EventsApi.EXPORT_PART);
        }
    }
}
