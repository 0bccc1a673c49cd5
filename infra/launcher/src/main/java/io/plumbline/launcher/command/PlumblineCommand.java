package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.workspace.WorkspaceCommand;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The root of all commands, which does nothing without one of them. */
@Command(
    name = "./plumbline",
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs Plumbline on this machine, builds it and tests it.",
    footer = {"", "`./plumbline COMMAND --help` shows the options of a command."})
public final class PlumblineCommand {

  private static final int HELP_WIDTH = 110;

  private PlumblineCommand() {}

  /**
   * Returns the command line with all commands.
   *
   * @param platform opened by the command that runs, so that help and usage errors touch no file
   */
  public static CommandLine commandLine(Supplier<Platform> platform) {
    CommandLine root =
        new CommandLine(new PlumblineCommand())
            .addSubcommand(new UpCommand(platform))
            .addSubcommand(new DownCommand(platform))
            .addSubcommand(new StatusCommand(platform))
            .addSubcommand(new LogsCommand(platform))
            .addSubcommand(new PeopleCommand(platform))
            .addSubcommand(WorkspaceCommand.commandLine(platform))
            .addSubcommand(new EnvironmentCommand(platform))
            .addSubcommand(new DemoCommand(platform))
            .addSubcommand(new ScriptCommand.Test())
            .addSubcommand(new ScriptCommand.Format())
            .addSubcommand(new ScriptCommand.CheckCluster())
            .addSubcommand(new VerifyLedgerCommand(platform))
            .addSubcommand(new VerifyReceiptCommand(platform))
            .addSubcommand(new ImagesCommand(platform))
            .addSubcommand(new BenchCommand(platform))
            .addSubcommand(new UnpackCommand(platform))
            .addSubcommand(new RemoveInstallationCommand(platform))
            .addSubcommand(new MakeCachesCommand(platform))
            .addSubcommand(new SuperviseCommand(platform))
            .addSubcommand(new HelpCommand());
    addHelpToSubcommands(root);
    return root.setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(PlumblineCommand::reportFailure);
  }

  private static void addHelpToSubcommands(CommandLine command) {
    for (CommandLine each : command.getSubcommands().values()) {
      addHelp(each);
      addHelpToSubcommands(each);
    }
  }

  /**
   * Adds {@code --help} to a command, unless the command passes its arguments on: it would take a
   * {@code --help} that is meant for the program it calls.
   */
  private static void addHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.unmatchedArgsBindings().isEmpty() && !spec.helpCommand()) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help.")
              .build());
    }
  }

  private static int reportFailure(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof LauncherException) {
      command.getErr().println("plumbline: " + failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }
}
