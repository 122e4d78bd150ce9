package identicom.standalone.command;

import identicom.runtime.config.ConfigurationListing;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code identicom config}. */
@Command(
        name = "config",
        description = "Every configuration key with its default, what it means and its present value.",
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfiguredOptions options = new ConfiguredOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        spec.commandLine().getOut().print(ConfigurationListing.of(options.load()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
