package io.plumbline.prompttemplate.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes a digest of the order in which JSON objects name their properties. Models that follow a
 * schema write an answer in that order, but the digest of a content does not show it: it is taken
 * over the canonical form (RFC 8785), which sorts the properties.
 */
public final class PropertyOrder {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PropertyOrder() {}

  /**
   * Returns the SHA-256 of the names as a JSON array: for each object each name in its place,
   * followed by the names inside its value. Together with the values it determines the order of all
   * properties.
   */
  public static String digestOf(List<JsonNode> values) {
    List<String> names = new ArrayList<>();
    for (JsonNode value : values) {
      collect(value, names);
    }
    try {
      byte[] text = JSON.writeValueAsString(names).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static void collect(JsonNode value, List<String> names) {
    if (value.isObject()) {
      value.forEachEntry((name, inner) -> {
        names.add(name);
        collect(inner, names);
      });
    } else {
      value.forEach(inner -> collect(inner, names));
    }
  }
}
