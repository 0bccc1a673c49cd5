package io.plumbline.compliance.workspace;

import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The workspaces that get presets at the start of the service and whose approvals expire. A new
 * workspace takes effect after a restart.
 */
@ConfigurationProperties("plumbline")
public record Workspaces(@DefaultValue List<Workspace> workspaces) {

  /** The workspace of one tenant. */
  public record Workspace(UUID id, String name) {}

  /** Runs work in each workspace, as the system. */
  public void forEach(Consumer<Workspace> work) {
    workspaces.forEach(
        workspace -> Caller.system(workspace.id()).run(() -> work.accept(workspace)));
  }
}
