package identicom.standalone.command;

import identicom.standalone.system.ClassArchives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code identicom record-classes}: the start script's own, after a build. */
@Command(
        name = "record-classes",
        description = "Records what a start loads, so that later starts are short.",
        mixinStandardHelpOptions = true,
        hidden = true)
public final class RecordCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            ClassArchives.record(folder, Progress.on(spec));
            return 0;
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
    }
}
