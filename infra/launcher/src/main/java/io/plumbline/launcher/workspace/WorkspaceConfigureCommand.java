package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "configure",
    description = "Change the configuration of a workspace. What no option names stays.")
final class WorkspaceConfigureCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Parameters(paramLabel = "NAME", description = "The name or the id of the workspace.")
  private String name = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String newName;

  @Mixin private WorkspaceFields fields = new WorkspaceFields();
  @Mixin private WorkspaceUser user = new WorkspaceUser();

  WorkspaceConfigureCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    WorkspaceApi api = WorkspaceApi.of(platform.get(), user.name());
    ObjectNode changes = fields.given();
    if (newName != null) {
      changes.put("name", newName);
    }
    JsonNode changed = api.configure(name, changes);
    System.out.printf(
        "Changed %s, which has version %d now.%n",
        changed.path("name").asString(), changed.path("version").asLong());
    return ExitCode.OK;
  }
}
