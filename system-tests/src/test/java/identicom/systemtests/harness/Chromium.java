package identicom.systemtests.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The browser of this machine, driven from outside. Nothing is downloaded for it. One thread. */
public final class Chromium implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(OPTIONS));
    }

    /** Starts it. Where there is none the test is skipped, and fails where the environment says {@code CI}. */
    public static Chromium start() {
        return new Chromium(Installed.program(
                "chromium",
                Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"),
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome"));
    }

    /** Somebody's own browser, 1440 by 900. */
    public BrowserWindow wide(Served system) {
        return new BrowserWindow(system, browser.newContext(still().setViewportSize(1440, 900)));
    }

    /** Somebody's own phone, 390 by 844. */
    public BrowserWindow phone(Served system) {
        return new BrowserWindow(
                system,
                browser.newContext(
                        still().setViewportSize(390, 844).setIsMobile(true).setHasTouch(true)));
    }

    /** Nothing moves: a row that pulses for as long as it rings is drawn over and over, by a processor that tests need. */
    private static Browser.NewContextOptions still() {
        return new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
