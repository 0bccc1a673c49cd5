package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands about workspaces, which does nothing without one of them. */
@Command(
    name = "workspace",
    synopsisSubcommandLabel = "COMMAND",
    description = "List, create, configure and archive workspaces of the running platform.")
final class WorkspaceCommand {

  private WorkspaceCommand() {}

  /** Returns the command with its subcommands. */
  static CommandLine commandLine(Supplier<Platform> platform) {
    return new CommandLine(new WorkspaceCommand())
        .addSubcommand(new WorkspaceListCommand(platform))
        .addSubcommand(new WorkspaceCreateCommand(platform))
        .addSubcommand(new WorkspaceConfigureCommand(platform))
        .addSubcommand(new WorkspaceArchiveCommand(platform));
  }
}
