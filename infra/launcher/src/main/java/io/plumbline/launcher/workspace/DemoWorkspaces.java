package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.DemoUser;
import io.plumbline.launcher.installation.LauncherException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The workspaces of the people of this machine. They are created by the API once the platform runs,
 * as any other workspace is.
 */
public record DemoWorkspaces(Platform platform, PrintStream out) {

  private static final Duration MODELS_WITHIN = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(300);

  /** The ids that the accounts of the local realm carry, by name; the operator's first. */
  private static final Map<String, UUID> ALL = new LinkedHashMap<>();

  static {
    ALL.put("acme", UUID.fromString("0190a000-0000-7000-8000-000000000001"));
    ALL.put("globex", UUID.fromString("0190a000-0000-7000-8000-000000000002"));
  }

  static Map<String, UUID> all() {
    return Map.copyOf(ALL);
  }

  /**
   * Creates those that are missing, unless the first workspace of the installation is another one:
   * then its operator decides.
   */
  public void createMissing() {
    Set<UUID> stored = new HashSet<>();
    UUID operator = ALL.values().iterator().next();
    try (Connection connection = platform.postgres().connect(Application.COMPLIANCE.database());
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("SELECT id FROM workspace")) {
      while (row.next()) {
        stored.add(row.getObject("id", UUID.class));
      }
    } catch (SQLException e) {
      throw new LauncherException("The workspaces cannot be read: " + e.getMessage(), e);
    }
    if (stored.containsAll(ALL.values()) || (!stored.isEmpty() && !stored.contains(operator))) {
      return;
    }
    WorkspaceApi root = WorkspaceApi.of(platform, WorkspaceApi.ADMINISTRATOR);
    ALL.forEach((name, id) -> {
      if (!stored.contains(id)) {
        root.create(
            new JsonMapper()
                .createObjectNode()
                .put("workspaceId", id.toString())
                .put("name", name));
        out.println("Created the workspace " + name + ".");
      }
    });
    ALL.keySet().forEach(this::awaitModels);
  }

  /** Waits until the models that come with the platform are listed in a workspace. */
  private void awaitModels(String workspace) {
    String administrator =
        DemoUser.values().stream()
            .filter(user -> user.workspace().equals(workspace) && user.roles().contains("admin"))
            .map(DemoUser::name)
            .findFirst()
            .orElseThrow();
    WorkspaceApi api = WorkspaceApi.of(platform, administrator);
    long end = System.nanoTime() + MODELS_WITHIN.toNanos();
    while (!api.hasModels()) {
      if (System.nanoTime() > end) {
        out.println(
            "The models are not listed in the workspace "
                + workspace
                + " yet; `./plumbline logs model-registry` may say why.");
        return;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
