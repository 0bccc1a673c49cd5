package io.plumbline.launcher.component;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The realm as it is imported on this machine: the realm of every installation, with the additions
 * of this machine at the end of its lists. The shared realm therefore holds nothing that a
 * production realm must not have.
 */
final class LocalRealm {

  private static final JsonMapper JSON = new JsonMapper();

  private LocalRealm() {}

  static JsonNode of(Path everywhere, Path here) {
    ObjectNode realm = (ObjectNode) JSON.readTree(everywhere.toFile());
    JSON.readTree(here.toFile())
        .properties()
        .forEach(list -> realm.withArray(list.getKey()).addAll((ArrayNode) list.getValue()));
    return realm;
  }
}
