package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.ResponseFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of the configuration that differs. When objects differ only by the order of their
 * properties, the values are the names in their order.
 *
 * @param pointer RFC 6901 pointer to the value, such as {@code /parameters/temperature}
 * @param from absent when the older version lacks it
 * @param to absent when the newer version lacks it
 */
public record SettingDiff(
    String pointer,
    @Schema(types = {"object", "array", "string", "number", "boolean", "null"})
        @Nullable JsonNode from,
    @Schema(types = {"object", "array", "string", "number", "boolean", "null"})
        @Nullable JsonNode to) {

  /** The objects whose order does not matter to a model. */
  private static final Set<String> WITHOUT_ORDER = Set.of("", "/variables", "/parameters");

  /** Compares variables, parameters (tools among them) and response format, value by value. */
  static List<SettingDiff> between(PromptContent older, PromptContent newer) {
    List<SettingDiff> found = new ArrayList<>();
    // A schema that was wrapped since then is compared with what was sent for it before.
    boolean wrapped =
        Stream.of(older, newer)
            .map(PromptContent::responseFormat)
            .anyMatch(format -> format != null && ResponseFormat.isWrapped(format));
    collect("", configuration(older, wrapped), configuration(newer, wrapped), found);
    return List.copyOf(found);
  }

  private static ObjectNode configuration(PromptContent content, boolean wrapped) {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration.set("variables", content.variables());
    configuration.set("parameters", content.parameters());
    JsonNode format = content.responseFormat();
    if (format != null) {
      configuration.set("responseFormat", wrapped ? ResponseFormat.wrap(format) : format);
    }
    return configuration;
  }

  private static void collect(
      String pointer, JsonNode older, JsonNode newer, List<SettingDiff> found) {
    if (older.isObject() && newer.isObject()) {
      orderDiff(pointer, older, newer).ifPresent(found::add);
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
    } else if (!older.equals(newer)) {
      found.add(new SettingDiff(pointer, presentOrNull(older), presentOrNull(newer)));
    }
  }

  private static @Nullable JsonNode presentOrNull(JsonNode value) {
    return value.isMissingNode() ? null : value;
  }

  /**
   * Returns the difference in the order of the names that both objects have; empty if the order is
   * the same or does not matter.
   */
  private static Optional<SettingDiff> orderDiff(String pointer, JsonNode older, JsonNode newer) {
    if (WITHOUT_ORDER.contains(pointer) || pointer.startsWith("/variables/")) {
      return Optional.empty();
    }
    List<String> before = older.propertyNames().stream().filter(newer::has).toList();
    List<String> after = newer.propertyNames().stream().filter(older::has).toList();
    if (before.equals(after)) {
      return Optional.empty();
    }
    return Optional.of(new SettingDiff(pointer, toArray(before), toArray(after)));
  }

  private static JsonNode toArray(List<String> names) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    names.forEach(list::add);
    return list;
  }
}
