package io.plumbline.sensitivedata;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The scanner of each workspace, which looks for the numbers of the workspace's regions. */
public final class SensitiveScanners {

  private final SensitiveScanner standard;
  private final Map<UUID, SensitiveScanner> own;

  public SensitiveScanners(SensitiveDataSettings settings) {
    standard = scanner(settings.regions());
    own =
        settings.workspaces().stream()
            .collect(
                Collectors.toMap(
                    SensitiveDataSettings.WorkspaceRegions::id,
                    workspace -> scanner(workspace.regions())));
  }

  private static SensitiveScanner scanner(List<String> regions) {
    return new SensitiveScanner(regions.toArray(String[]::new));
  }

  /**
   * Returns the scanner of a workspace, or that of the installation when the workspace has no
   * regions of its own.
   */
  public SensitiveScanner of(UUID workspace) {
    return own.getOrDefault(workspace, standard);
  }
}
