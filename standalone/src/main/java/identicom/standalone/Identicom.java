package identicom.standalone;

import identicom.standalone.command.CanaryCommand;
import identicom.standalone.command.ConfigCommand;
import identicom.standalone.command.DecodeCommand;
import identicom.standalone.command.DemoCommand;
import identicom.standalone.command.DoctorCommand;
import identicom.standalone.command.ForgetWearerCommand;
import identicom.standalone.command.MigrateCommand;
import identicom.standalone.command.PrepareCommand;
import identicom.standalone.command.Problems;
import identicom.standalone.command.RepublishCommand;
import identicom.standalone.command.ServiceCommand;
import identicom.standalone.command.SimulateCommand;
import identicom.standalone.command.StandaloneCommand;
import identicom.standalone.command.UnitsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code identicom} command. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
@Command(
        name = "identicom",
        description = "Receives, keeps and raises what lone workers' Identicom units report.",
        mixinStandardHelpOptions = true,
        version = "identicom 1.0.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Also: ./identicom test      every check the project has",
            "      ./identicom torture   real faults for as long as you say, and a report",
            "      ./identicom image     the container image, as a tar",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."
        },
        subcommands = {
            DemoCommand.class,
            StandaloneCommand.class,
            ServiceCommand.Receiver.class,
            ServiceCommand.Alert.class,
            ServiceCommand.Log.class,
            ServiceCommand.Fleet.class,
            ServiceCommand.Media.class,
            MigrateCommand.class,
            DoctorCommand.class,
            RepublishCommand.class,
            ForgetWearerCommand.class,
            UnitsCommand.class,
            SimulateCommand.class,
            CanaryCommand.class,
            DecodeCommand.class,
            ConfigCommand.class,
            PrepareCommand.class
        })
public final class Identicom {
    private Identicom() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Identicom())
                .setExecutionExceptionHandler(Problems::handle)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }
}
