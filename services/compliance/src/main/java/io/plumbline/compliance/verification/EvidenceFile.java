package io.plumbline.compliance.verification;

import io.plumbline.platform.projection.ProjectionDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables with evidence of a service, and the triggers that guard its tables. The file is
 * generated from the service when it is built.
 *
 * @param triggers the digest of each trigger, by table and name
 */
record EvidenceFile(List<ProjectionDescription> tables, SortedMap<String, String> triggers) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static EvidenceFile of(String service) {
    try (InputStream file =
        EvidenceFile.class.getResourceAsStream("/evidence/" + service + ".json")) {
      if (file == null) {
        throw new IllegalStateException(
            "The tables of " + service + " have no description in the jar");
      }
      return JSON.readValue(file, EvidenceFile.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
