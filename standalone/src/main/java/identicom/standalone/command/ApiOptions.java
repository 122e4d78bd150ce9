package identicom.standalone.command;

import identicom.standalone.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where the HTTP interface is and who asks. */
final class ApiOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The HTTP interface (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--user", paramLabel = "NAME", defaultValue = "admin", description = "Default: ${DEFAULT-VALUE}.")
    private String user = "admin";

    /** Logs in with the password that stands in the environment. */
    ApiClient login() throws FailedException, InterruptedException {
        String password = System.getenv("IDENTICOM_ADMIN_PASSWORD");
        if (password == null) {
            throw new FailedException(
                    "no password for user " + user + " (expected: it stands in IDENTICOM_ADMIN_PASSWORD)");
        }
        try {
            return ApiClient.login(url, user, password);
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
    }
}
