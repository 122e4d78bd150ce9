package identicom.standalone.command;

import identicom.standalone.client.ApiClient;
import identicom.standalone.demo.Demonstration;
import identicom.standalone.process.UntilStopped;
import identicom.standalone.system.StandaloneSystem.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code identicom demo}. */
@Command(
        name = "demo",
        description = "The whole system on this machine, with simulated units on a day on which something happens.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String USER = "admin";

    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Option(names = "--units", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int units;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (units < Demonstration.LEAST_UNITS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--units: " + units + " (expected: at least " + Demonstration.LEAST_UNITS + ")");
        }
        Address address = StandaloneCommand.start(options, spec);
        String password = password(address);
        try (ApiClient client = ApiClient.login(URI.create("http://" + address.http()), USER, password)) {
            client.importUnits(BodyPublishers.ofString(Demonstration.csv(units)));
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
        try (Demonstration day = new Demonstration(station(address), units)) {
            day.emergencies();
            tell(address);
            day.everyday();
            UntilStopped.await();
        }
        return 0;
    }

    private static String password(Address address) throws FailedException {
        String configured = System.getenv("IDENTICOM_ADMIN_PASSWORD");
        if (configured != null) {
            return configured;
        }
        if (address.madeUpPassword().isEmpty()) {
            throw new FailedException("the data folder has its users already, made at an earlier start"
                    + " (expected: admin's password in IDENTICOM_ADMIN_PASSWORD, or another folder with --data)");
        }
        return address.madeUpPassword();
    }

    private static InetSocketAddress station(Address address) {
        int colon = address.units().lastIndexOf(':');
        return new InetSocketAddress(
                address.units().substring(0, colon),
                Integer.parseInt(address.units().substring(colon + 1)));
    }

    private void tell(Address address) {
        PrintWriter out = spec.commandLine().getOut();
        String password =
                address.madeUpPassword().isEmpty() ? "the one in IDENTICOM_ADMIN_PASSWORD" : address.madeUpPassword();
        out.println();
        out.println("  Control room   http://" + address.http() + "/");
        out.println("  User           " + USER);
        out.println("  Password       " + password);
        out.println();
        out.println("What to look at:");
        Demonstration.incidents().forEach(incident -> out.println("  - " + incident));
        out.println("  - " + units + " units dial in all the time; every few minutes somebody falls and gets up again");
        out.println("  - pictures of ten units come in during the first minute or two");
        out.println("Take an alert, write a note, close it; search the event log and download what you found.");
        out.println("Ctrl-C stops everything.");
        out.flush();
    }
}
