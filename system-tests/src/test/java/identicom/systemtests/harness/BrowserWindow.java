package identicom.systemtests.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page in a browser of its own, and everything that the browser had to complain of. */
public final class BrowserWindow implements AutoCloseable {
    private static final String ANSWERS = "Failed to load resource";
    private static final String VIOLATIONS = """
            document.addEventListener('securitypolicyviolation', event =>
                console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
            """;

    private final Served system;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<Optional<String>> resumedFrom = new ArrayList<>();
    private int loads;

    BrowserWindow(Served system, BrowserContext context) {
        this.system = system;
        this.context = context;
        this.page = context.newPage();
        page.addInitScript(VIOLATIONS);
        page.onConsoleMessage(this::said);
        page.onPageError(complaints::add);
        page.onRequest(this::asked);
        page.onDOMContentLoaded(loaded -> loads++);
        page.setDefaultTimeout(60_000);
    }

    private void said(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            (message.text().startsWith(ANSWERS) ? refusals : complaints).add(message.text() + " " + message.location());
        }
    }

    private void asked(Request request) {
        if (request.url().endsWith("/alerts/stream")) {
            resumedFrom.add(Optional.ofNullable(request.headers().get("last-event-id")));
        }
    }

    /** Opens the page at a place in it and logs in as administrator. */
    public BrowserWindow login(String place) {
        open(place, "admin", RunningSystem.ADMIN_PASSWORD);
        page.locator("[data-feed=live]").waitFor();
        return this;
    }

    /** Opens the page at a place in it and logs in as somebody, who may be without a feed. */
    public BrowserWindow open(String place, String user, String password) {
        page.navigate(system.http("/").toString() + place);
        fillLogin(user, password);
        page.locator(".who").waitFor();
        return this;
    }

    /** Goes to another place in the page, without loading it anew. */
    public void go(String place) {
        page.evaluate("place => { location.hash = place; }", place);
    }

    /** Opens the page in another tab of the same browser, where somebody is logged in already. */
    public BrowserWindow anotherTab(String place) {
        BrowserWindow tab = new BrowserWindow(system, context);
        tab.page.navigate(system.http("/").toString() + place);
        return tab;
    }

    public void fillLogin(String user, String password) {
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(password);
        page.locator(".login button").click();
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    public Locator find(String selector) {
        return page.locator(selector);
    }

    /** What stands in the page's root for whoever wants to know how it rings: {@code ringing} or {@code sounding}. */
    public String root(String name) {
        return Optional.ofNullable(page.locator("html").getAttribute("data-" + name))
                .orElse("");
    }

    /** How often a document was loaded in this window. */
    public int loads() {
        return loads;
    }

    /** From which id each request for the stream went on; empty for one that began afresh. */
    public List<Optional<String>> resumedFrom() {
        return List.copyOf(resumedFrom);
    }

    /** Errors, warnings and violations of the page's security policy, beside answers that were no success. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Requests that were refused or not answered. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Keeps a picture of the window. */
    public void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        context.close();
    }
}
