package identicom.standalone.command;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** What a long run says of itself, on standard error. */
final class Progress {
    private Progress() {}

    static Consumer<String> on(CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        return line -> {
            err.println("identicom: " + line);
            err.flush();
        };
    }
}
