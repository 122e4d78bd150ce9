package identicom.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import identicom.standalone.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code identicom units import}. */
@Command(
        name = "units",
        description = "Units: who is served.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = UnitsCommand.Import.class)
public final class UnitsCommand {

    /** Brings a CSV file's units into the whitelist. */
    @Command(
            name = "import",
            description =
                    "Imports a CSV file with a header line; columns serial,wearer,phone,site,checkInMinutes,graceMinutes,state, only serial is required.",
            mixinStandardHelpOptions = true)
    public static final class Import implements Callable<Integer> {
        @Mixin
        private ApiOptions api = new ApiOptions();

        @Parameters(paramLabel = "FILE.csv")
        private Path file = Path.of("");

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            try (ApiClient client = api.login()) {
                JsonNode report = client.importUnits(BodyPublishers.ofFile(file));
                PrintWriter err = spec.commandLine().getErr();
                report.path("rejected")
                        .forEach(line -> err.println("line " + line.path("line").asLong() + ": "
                                + line.path("reason").asText()));
                err.flush();
                int rejected = report.path("rejected").size();
                spec.commandLine()
                        .getOut()
                        .println("created " + report.path("created").asLong() + ", updated "
                                + report.path("updated").asLong() + ", rejected " + rejected);
                return rejected == 0 ? 0 : 1;
            } catch (IOException e) {
                throw new FailedException(e.getMessage());
            }
        }
    }
}
