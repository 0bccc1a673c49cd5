package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.PromptContent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of the configuration that differs.
 *
 * @param pointer RFC 6901 pointer to the value, such as {@code /parameters/temperature}
 * @param from absent when the older version lacks it
 * @param to absent when the newer version lacks it
 */
public record SettingDiff(String pointer, @Nullable JsonNode from, @Nullable JsonNode to) {

  /** Compares variables, parameters (tools among them) and response format, value by value. */
  static List<SettingDiff> between(PromptContent older, PromptContent newer) {
    List<SettingDiff> found = new ArrayList<>();
    collect("", configuration(older), configuration(newer), found);
    return List.copyOf(found);
  }

  private static ObjectNode configuration(PromptContent content) {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration.set("variables", content.variables());
    configuration.set("parameters", content.parameters());
    if (content.responseFormat() != null) {
      configuration.set("responseFormat", content.responseFormat());
    }
    return configuration;
  }

  private static void collect(
      String pointer, JsonNode older, JsonNode newer, List<SettingDiff> found) {
    if (older.equals(newer)) {
      return;
    }
    if (older.isObject() && newer.isObject()) {
      Set<String> names = new LinkedHashSet<>(older.propertyNames());
      names.addAll(newer.propertyNames());
      names.forEach(name ->
          collect(
              pointer + JsonPointer.empty().appendProperty(name),
              older.path(name),
              newer.path(name),
              found));
    } else if (older.isArray() && newer.isArray()) {
      for (int i = 0; i < Math.max(older.size(), newer.size()); i++) {
        collect(pointer + "/" + i, older.path(i), newer.path(i), found);
      }
    } else {
      found.add(
          new SettingDiff(
              pointer, older.isMissingNode() ? null : older, newer.isMissingNode() ? null : newer));
    }
  }
}
