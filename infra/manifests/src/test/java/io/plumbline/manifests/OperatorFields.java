package io.plumbline.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The fields that manifests use of the kinds of operators, for which no models are published. The
 * file lists them by hand, after the reference of each operator.
 */
final class OperatorFields {

  private static final Map<String, Set<String>> FIELDS = load();

  private OperatorFields() {}

  /** Returns whether a kind, written as API version and kind, is one of an operator. */
  static boolean knows(String kind) {
    return FIELDS.containsKey(kind);
  }

  /** Returns the fields of a document that the list does not have; {@code /**} ends a list. */
  static SortedSet<String> unknown(JsonNode document) {
    String kind = document.path("apiVersion").asString() + " " + document.path("kind").asString();
    SortedSet<String> unknown = new TreeSet<>();
    collect("", document.path("spec"), Objects.requireNonNull(FIELDS.get(kind), kind), unknown);
    return unknown;
  }

  private static void collect(
      String at, JsonNode node, Set<String> known, SortedSet<String> unknown) {
    if (known.contains(at + "/**")) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(at + "/" + field.getKey(), field.getValue(), known, unknown));
    } else if (node.isArray()) {
      node.forEach(element -> collect(at + "/-", element, known, unknown));
    } else if (!known.contains(at)) {
      unknown.add(at);
    }
  }

  private static Map<String, Set<String>> load() {
    try (InputStream file =
        Objects.requireNonNull(OperatorFields.class.getResourceAsStream("/operator-fields.txt"))) {
      Map<String, Set<String>> fields = new HashMap<>();
      Set<String> current = new HashSet<>();
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.startsWith("/")) {
          current.add(line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          current = new HashSet<>();
          fields.put(line, current);
        }
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
