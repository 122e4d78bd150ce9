package identicom.mediaservice.http;

import identicom.mediaservice.index.PictureList;
import identicom.mediaservice.index.PictureState;
import identicom.mediaservice.index.StoredPicture;
import identicom.mediaservice.store.ContentHash;
import identicom.mediaservice.store.PictureStore;
import identicom.runtime.db.Rollback;
import identicom.runtime.http.Api;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/pictures/{id}/content}: the bytes of a complete picture, whole or one part of it. A part of the path never becomes
 * part of a file's name: the id is a number, and the file is named by the index.
 */
public final class ContentApi {
    private static final Logger LOG = LoggerFactory.getLogger(ContentApi.class);
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int BUFFER = 16_384;

    /** May be kept by the browser of who saw it, and is asked for again each time: a token that has ended shows nothing. */
    private static final String CACHING = "private, no-cache";

    private final DataSource database;
    private final PictureStore store;
    private final ViewTrail trail;

    public ContentApi(DataSource database, PictureStore store, ViewTrail trail) {
        this.database = database;
        this.store = store;
        this.trail = trail;
    }

    public Api bindTo(Api api) {
        return api.bind("getPictureContent", this::content);
    }

    /**
     * What is answered.
     *
     * @param range absent: the whole
     * @param unchanged who asks has it already
     */
    private record Decided(StoredPicture picture, ContentHash hash, Optional<ByteRange> range, boolean unchanged) {
        String tag() {
            return tagOf(hash);
        }
    }

    private void content(Request request, Response response) throws SQLException, IOException {
        Decided decided = decide(request);
        trail.committed();
        if (decided.unchanged()) {
            response.header("ETag", decided.tag())
                    .header("Cache-Control", CACHING)
                    .empty(304);
            return;
        }
        ContentKind kind = kind(decided);
        long size = decided.picture().size();
        ByteRange range = decided.range().orElse(new ByteRange(0, size - 1));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", decided.tag());
        headers.put("Cache-Control", CACHING);
        headers.put("Accept-Ranges", "bytes");
        headers.put(
                "Content-Disposition",
                kind.disposition(
                        decided.picture().serial() + "-" + decided.picture().picture()));
        headers.put("Content-Length", Long.toString(range.length()));
        decided.range().ifPresent(part -> headers.put("Content-Range", part.text(size)));
        int status = decided.range().isPresent() ? 206 : 200;
        if (size == 0) {
            headers.forEach(response::header);
            response.bytes(status, kind.mediaType(), new byte[0]);
            return;
        }
        try (InputStream in = open(decided, range.first())) {
            copy(in, response.stream(status, kind.mediaType(), headers), range.length());
        }
    }

    /** Reads the picture and records who looks at it, in one transaction; no connection is held while bytes go out. */
    private Decided decide(Request request) throws SQLException {
        String id = request.path("id");
        if (!ID.matcher(id).matches()) {
            throw Problem.notFound("such picture");
        }
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Decided decided = decide(request, PictureList.find(transaction, Long.parseLong(id)));
                trail.viewed(transaction, request, decided.picture());
                transaction.commit();
                return decided;
            } finally {
                Rollback.of(transaction);
            }
        }
    }

    private static Decided decide(Request request, Optional<StoredPicture> found) {
        StoredPicture picture = found.orElseThrow(() -> Problem.notFound("such picture"));
        ContentHash hash = picture.hash();
        if (picture.state() != PictureState.COMPLETE || hash == null) {
            String lost = picture.lostAt() == null ? "" : "; what was here was found missing at " + picture.lostAt();
            throw Problem.conflict(
                    "The picture is " + picture.state().text() + ": " + picture.received() + " of " + picture.size()
                            + " bytes" + lost,
                    Map.of("state", picture.state().text(), "expected", "a picture that is complete"));
        }
        String tag = tagOf(hash);
        if (request.header("If-None-Match").filter(header -> names(header, tag)).isPresent()) {
            return new Decided(picture, hash, Optional.empty(), true);
        }
        boolean sameAsBefore =
                request.header("If-Range").map(header -> header.equals(tag)).orElse(true);
        Optional<ByteRange> range = sameAsBefore
                ? request.header("Range").flatMap(header -> ByteRange.parse(header, picture.size()))
                : Optional.empty();
        return new Decided(picture, hash, range, false);
    }

    private static String tagOf(ContentHash hash) {
        return "\"" + hash + "\"";
    }

    /** Whether {@code If-None-Match} names this tag, or any. */
    private static boolean names(String header, String tag) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                .anyMatch(one -> one.equals("*") || one.equals(tag));
    }

    private ContentKind kind(Decided decided) throws IOException {
        try (InputStream in = open(decided, 0)) {
            return ContentKind.of(in.readNBytes(ContentKind.LOOK));
        }
    }

    private InputStream open(Decided decided, long offset) throws IOException {
        try {
            return store.read(decided.hash(), offset);
        } catch (NoSuchFileException e) {
            LOG.error(
                    "Picture {} is complete and {} has no {}", decided.picture().id(), store, decided.hash());
            throw Problem.unavailable("The picture's file is missing in the store; it stands in the log");
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the file is " + left + " bytes shorter than the index says");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
