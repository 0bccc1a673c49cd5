package io.plumbline.compliance.workspace;

import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The workspaces that are set up at start and swept for what expires; further ones need a restart.
 */
@ConfigurationProperties("plumbline")
public record Workspaces(@DefaultValue List<Workspace> workspaces) {

  /** One tenant. */
  public record Workspace(UUID id, String name) {}

  /** Does work in each workspace, as the system. */
  public void forEach(Consumer<Workspace> work) {
    workspaces.forEach(
        workspace -> Caller.system(workspace.id()).run(() -> work.accept(workspace)));
  }
}
