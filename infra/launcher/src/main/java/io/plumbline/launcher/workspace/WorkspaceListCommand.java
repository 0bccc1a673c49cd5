package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the workspaces that the administrator administers.")
final class WorkspaceListCommand implements Callable<Integer> {

  private static final String ROW = "  %-24s %-36s %-9s %-9s %s%n";

  private final Supplier<Platform> platform;

  @Mixin private WorkspaceUser user = new WorkspaceUser();

  WorkspaceListCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    System.out.printf(ROW, "name", "id", "state", "currency", "regions");
    for (JsonNode workspace : WorkspaceApi.of(platform.get(), user.name()).list()) {
      System.out.printf(
          ROW,
          workspace.path("name").asString(),
          workspace.path("workspaceId").asString(),
          workspace.path("state").asString(),
          workspace.path("currency").asString(),
          workspace
                  .path("regions")
                  .valueStream()
                  .map(JsonNode::asString)
                  .collect(Collectors.joining(", "))
              + (workspace.path("operator").asBoolean() ? " (operator)" : ""));
    }
    return ExitCode.OK;
  }
}
