package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "archive",
    description = {
      "Archive a workspace: everything in it can be read, and nothing changes any more.",
      "This cannot be taken back."
    })
final class WorkspaceArchiveCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Parameters(paramLabel = "NAME", description = "The name or the id of the workspace.")
  private String name = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "The reason.")
  private String reason = "";

  @Mixin private WorkspaceUser user = new WorkspaceUser();

  WorkspaceArchiveCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    WorkspaceApi.of(platform.get(), user.name()).archive(name, reason);
    System.out.println("Archived " + name + ".");
    return ExitCode.OK;
  }
}
