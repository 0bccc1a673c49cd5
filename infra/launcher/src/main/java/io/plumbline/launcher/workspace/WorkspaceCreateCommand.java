package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import java.util.UUID;
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
    name = "create",
    description = {
      "Create a workspace, with the policies and risks that each starts with.",
      "Its people are the accounts in Keycloak whose attribute workspace holds its id."
    })
final class WorkspaceCreateCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Parameters(paramLabel = "NAME", description = "The name, kebab-case.")
  private String name = "";

  @Option(
      names = "--id",
      paramLabel = "UUID",
      description = "The id that accounts carry already; a new one if absent.")
  private @Nullable UUID id;

  @Mixin private WorkspaceFields fields = new WorkspaceFields();
  @Mixin private WorkspaceUser user = new WorkspaceUser();

  WorkspaceCreateCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    ObjectNode body = fields.given().put("name", name);
    if (id != null) {
      body.put("workspaceId", id.toString());
    }
    JsonNode created = WorkspaceApi.of(platform.get(), user.name()).create(body);
    System.out.printf(
        "Created %s with the id %s.%n",
        created.path("name").asString(), created.path("workspaceId").asString());
    return ExitCode.OK;
  }
}
