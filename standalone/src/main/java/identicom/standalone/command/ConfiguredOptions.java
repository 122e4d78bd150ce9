package identicom.standalone.command;

import identicom.runtime.config.Configuration;
import identicom.runtime.config.ConfigurationException;
import identicom.runtime.logging.Logging;
import identicom.standalone.process.ProcessKeys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a process's configuration comes from. */
final class ConfiguredOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file; environment variables IDENTICOM_… stand over it.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for what is kept on disk (default: ./data).")
    private @Nullable Path data;

    /** Reads the configuration and makes the logs look as it says. */
    Configuration load() throws ConfigurationException {
        Configuration configuration = read();
        Logging.apply(configuration);
        return configuration;
    }

    private Configuration read() throws ConfigurationException {
        Configuration configuration = ProcessKeys.load(config);
        return data == null ? configuration : configuration.with(Map.of(ProcessKeys.DATA.name(), data.toString()));
    }

    /** The configuration of a system on one machine: unless told otherwise it listens there only, and no load balancer probes it. */
    Configuration loadForOneMachine() throws ConfigurationException {
        Configuration given = read();
        Map<String, String> local = new HashMap<>(
                Map.of("units.host", "127.0.0.1", "receiver.probe-interval", "250ms", "log.access", "false"));
        local.keySet().removeIf(given::has);
        Configuration configuration = given.with(local);
        Logging.apply(configuration);
        return configuration;
    }
}
