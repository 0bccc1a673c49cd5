package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands about workspaces, which does nothing without one of them. */
@Command(
    name = "workspace",
    synopsisSubcommandLabel = "COMMAND",
    description = "List, create, configure and archive workspaces of the running platform.")
public final class WorkspaceCommand {

  private WorkspaceCommand() {}

  /** Returns the command with its subcommands. */
  public static CommandLine commandLine(Supplier<Platform> platform) {
    return new CommandLine(new WorkspaceCommand())
        .addSubcommand(new WorkspaceListCommand(platform))
        .addSubcommand(new WorkspaceCreateCommand(platform))
        .addSubcommand(new WorkspaceConfigureCommand(platform))
        .addSubcommand(new WorkspaceArchiveCommand(platform));
  }
}
