package identicom.standalone.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import identicom.runtime.http.Json;
import identicom.runtime.logging.Logging;
import identicom.standalone.doctor.Doctor;
import identicom.standalone.doctor.Finding;
import identicom.standalone.doctor.Mark;
import identicom.standalone.doctor.Tally;
import identicom.standalone.process.ServiceKind;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code identicom doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at the clusters, databases and this machine as a configuration names them, says what is amiss and what to do.",
            "Changes nothing. Exit codes: 0 nothing is wrong, 1 something is, 2 the configuration itself is wrong."
        },
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    /** Loggers of Kafka's clients that repeat, with stack traces, why a cluster does not answer. */
    private static final List<String> SAID_ANYWAY =
            List.of("org.apache.kafka.clients.NetworkClient", "org.apache.kafka.clients.admin.internals");

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            converter = Named.class,
            description =
                    "What this service needs, such as receiver or alert-service (default: what all of them need).")
    private @Nullable ServiceKind service;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Set<ServiceKind> services = service == null ? EnumSet.allOf(ServiceKind.class) : EnumSet.of(service);
        Doctor doctor = Doctor.of(options.load(), services);
        SAID_ANYWAY.forEach(Logging::silence);
        Tally tally = doctor.examine(finding -> print(json ? asJson(finding) : finding.line()), Progress.on(spec));
        print(json ? asJson(tally) : tally.text());
        return tally.of(Mark.WRONG) == 0 ? 0 : 1;
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static String asJson(Finding finding) {
        return Json.mapper()
                .createObjectNode()
                .put("mark", finding.mark().text())
                .put("subject", finding.subject())
                .put("found", finding.found())
                .put("expected", finding.expected())
                .put("do", finding.advice())
                .toString();
    }

    private static String asJson(Tally tally) {
        ObjectNode counts = Json.mapper().createObjectNode();
        Arrays.stream(Mark.values()).forEach(mark -> counts.put(mark.text(), tally.of(mark)));
        return counts.toString();
    }

    /** A service by the name of its command. */
    static final class Named implements ITypeConverter<ServiceKind> {
        @Override
        public ServiceKind convert(String text) {
            return Arrays.stream(ServiceKind.values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no service (expected: "
                            + Arrays.stream(ServiceKind.values())
                                    .map(ServiceKind::text)
                                    .collect(Collectors.joining(", "))
                            + ")"));
        }
    }
}
