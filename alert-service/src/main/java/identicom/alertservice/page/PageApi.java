package identicom.alertservice.page;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.Key;
import identicom.runtime.http.Api;
import identicom.runtime.http.Problem;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The control room at {@code /}: a fixed list of files, read once at the start. Anyone may have them, for all data is behind the interface.
 * Nothing that is asked for becomes a path. Describes itself in {@code openapi/page.json}.
 */
public final class PageApi {

    static final Key<TileServer> TILES = new Key<>(
            "page.tiles",
            "",
            "tiles behind the page's map, such as https://tiles.example.org/{z}/{x}/{y}.png; browsers then ask that server;"
                    + " empty: none, the map draws what is known",
            false,
            TileServer::parse);

    static final Key<String> ATTRIBUTION =
            Key.optionalText("page.tiles-attribution", "whose tiles they are, shown on the map");

    public static final List<Key<?>> KEYS = List.of(TILES, ATTRIBUTION);

    private static final String FOLDER = "control-room/";
    private static final String LIBRARIES = "META-INF/resources/webjars/";

    private static final List<String> OWN = List.of(
            "alert.js",
            "alerts.js",
            "api.js",
            "assignments.js",
            "audit.js",
            "base.css",
            "checklist.js",
            "checklists.js",
            "commands.js",
            "deeds.js",
            "emergency.css",
            "escalation.js",
            "events.js",
            "feed.js",
            "groups.js",
            "icon.svg",
            "journey.js",
            "keys.js",
            "login.js",
            "main.js",
            "map.js",
            "markup.js",
            "navigation.js",
            "outbox.js",
            "parts.js",
            "pictures.js",
            "policy-form.js",
            "route.js",
            "shell.js",
            "shown.js",
            "sound.js",
            "sse.js",
            "statistics.js",
            "store.js",
            "supervision.js",
            "system.js",
            "units.js",
            "vendor.js",
            "views.css",
            "words.js");

    private static final Map<String, String> FROM_LIBRARIES = Map.of(
            "preact.js", "preact/10.26.4/dist/preact.umd.js",
            "preact-hooks.js", "preact/10.26.4/hooks/dist/hooks.umd.js",
            "chart.js", "chart.js/4.5.1/dist/chart.umd.min.js",
            "leaflet.js", "leaflet/1.9.4/dist/leaflet.js",
            "leaflet.css", "leaflet/1.9.4/dist/leaflet.css");

    private final PageFile page = PageFile.ofResource(FOLDER + "index.html");
    private final Map<String, PageFile> files = new LinkedHashMap<>();
    private final String contentSecurityPolicy;

    public PageApi(Configuration configuration) {
        TileServer tiles = configuration.get(TILES);
        contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
                + tiles.source() + "; connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'";
        OWN.forEach(name -> files.put(name, PageFile.ofResource(FOLDER + name)));
        FROM_LIBRARIES.forEach((name, resource) -> files.put(name, PageFile.ofResource(LIBRARIES + resource)));
        files.put("settings.json", PageFile.of("settings.json", tiles.settings(configuration.get(ATTRIBUTION))));
    }

    public Api api() {
        return new Api("page")
                .bind("getPage", (request, response) -> answer(page, request, response))
                .bind("headPage", (request, response) -> describe(page, request, response))
                .bind("getPageFile", (request, response) -> answer(file(request), request, response))
                .bind("headPageFile", (request, response) -> describe(file(request), request, response));
    }

    private PageFile file(Request request) {
        PageFile file = files.get(request.path("file"));
        if (file == null) {
            throw Problem.notFound("such file");
        }
        return file;
    }

    private void answer(PageFile file, Request request, Response response) {
        headers(file, response);
        if (isKnown(file, request)) {
            response.empty(304);
        } else {
            response.bytes(200, file.contentType(), file.content());
        }
    }

    private void describe(PageFile file, Request request, Response response) {
        headers(file, response);
        if (isKnown(file, request)) {
            response.empty(304);
        } else {
            response.header("Content-Type", file.contentType())
                    .header("Content-Length", Integer.toString(file.content().length))
                    .empty(200);
        }
    }

    private static boolean isKnown(PageFile file, Request request) {
        return request.header("If-None-Match").map(file::isKnownBy).orElse(false);
    }

    /** A browser keeps a file, and asks each time whether it is still the one: a page is never made of two versions. */
    private void headers(PageFile file, Response response) {
        response.header("ETag", file.tag())
                .header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", contentSecurityPolicy);
    }
}
