package identicom.standalone.command;

import identicom.standalone.system.Prepared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code identicom prepare}: the start script's own, after a build. */
@Command(
        name = "prepare",
        description = "Makes what later starts are short with: records what they load, unpacks PostgreSQL.",
        mixinStandardHelpOptions = true,
        hidden = true)
public final class PrepareCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            Prepared.make(folder, Progress.on(spec));
            return 0;
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
    }
}
