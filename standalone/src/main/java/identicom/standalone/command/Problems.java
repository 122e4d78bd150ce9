package identicom.standalone.command;

import identicom.runtime.config.ConfigurationException;
import identicom.standalone.process.NotReadyException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a command that could not do its work says, and its exit code. */
public final class Problems {
    private Problems() {}

    /** @return 2 for configuration, 1 for everything else */
    public static int handle(Exception thrown, CommandLine command, ParseResult parsed) {
        return switch (thrown) {
            case ConfigurationException e -> {
                command.getErr().println("identicom: the configuration is wrong:");
                e.problems().forEach(problem -> command.getErr().println("  " + problem));
                yield ExitCode.USAGE;
            }
            case NotReadyException e -> {
                command.getErr().println("identicom: " + e.getMessage());
                yield ExitCode.USAGE;
            }
            case ParameterException e -> {
                command.getErr().println("identicom: " + e.getMessage());
                yield ExitCode.USAGE;
            }
            case FailedException e -> {
                command.getErr().println("identicom: " + e.getMessage());
                yield ExitCode.SOFTWARE;
            }
            default -> {
                command.getErr().println("identicom: " + thrown);
                LoggerFactory.getLogger(Problems.class).debug("command failed", thrown);
                yield ExitCode.SOFTWARE;
            }
        };
    }
}
