package io.plumbline.sensitivedata;

import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The regions whose national numbers are looked for.
 *
 * @param regions ISO 3166 codes of countries, for every workspace that has none of its own
 * @param workspaces the workspaces with regions of their own
 */
@ConfigurationProperties("plumbline.sensitive-data")
public record SensitiveDataSettings(
    @DefaultValue("US") List<String> regions, @DefaultValue List<WorkspaceRegions> workspaces) {

  /** The largest number of regions, of the installation or of one workspace. */
  public static final int MAX_REGIONS = 30;

  public SensitiveDataSettings {
    requireRegionCount(regions);
  }

  /** The regions of a workspace, which replace those of the installation. */
  public record WorkspaceRegions(UUID id, List<String> regions) {

    public WorkspaceRegions {
      requireRegionCount(regions);
    }
  }

  private static void requireRegionCount(List<String> regions) {
    if (regions.isEmpty() || regions.size() > MAX_REGIONS) {
      throw new IllegalArgumentException(
          "plumbline.sensitive-data.regions must list 1 to %d country codes, but lists %d"
              .formatted(MAX_REGIONS, regions.size()));
    }
  }
}
