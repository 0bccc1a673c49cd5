package io.plumbline.promptregistry.diff;

import io.plumbline.promptregistry.content.Message;
import io.plumbline.promptregistry.content.PromptContent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What two versions say differently.
 *
 * @param renamed variables that only changed their name, older name first
 * @param configuration every other leaf that differs: variables, examples, parameters, response
 *     format
 */
public record Difference(
    int from,
    int to,
    List<MessageDifference> messages,
    Map<String, String> renamed,
    List<Setting> configuration) {

  /** One message; the role is absent where the version has no such message. */
  public record MessageDifference(
      int index,
      Message.@Nullable Role fromRole,
      Message.@Nullable Role toRole,
      boolean changed,
      List<Segment> segments) {}

  /**
   * A leaf that differs.
   *
   * @param from absent when the older version lacks it
   * @param to absent when the newer version lacks it
   */
  public record Setting(String pointer, @Nullable JsonNode from, @Nullable JsonNode to) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public static Difference between(int from, PromptContent older, int to, PromptContent newer) {
    Map<String, String> renamed = Renames.between(older, newer);
    List<MessageDifference> messages = new ArrayList<>();
    for (int i = 0; i < Math.max(older.messages().size(), newer.messages().size()); i++) {
      messages.add(message(i, at(older, i), at(newer, i), renamed));
    }
    List<Setting> configuration = new ArrayList<>();
    settings("", configuration(older), configuration(newer), configuration);
    return new Difference(from, to, messages, renamed, configuration);
  }

  private static MessageDifference message(
      int index, @Nullable Message older, @Nullable Message newer, Map<String, String> renamed) {
    List<Segment> segments =
        TextDiff.between(
            older == null ? List.of() : Word.of(older.content()),
            newer == null ? List.of() : Word.of(newer.content()),
            renamed);
    Message.Role fromRole = older == null ? null : older.role();
    Message.Role toRole = newer == null ? null : newer.role();
    boolean changed =
        fromRole != toRole
            || segments.stream().anyMatch(segment -> segment.op() != Segment.Op.EQUAL);
    return new MessageDifference(index, fromRole, toRole, changed, segments);
  }

  private static @Nullable Message at(PromptContent content, int index) {
    return index < content.messages().size() ? content.messages().get(index) : null;
  }

  private static ObjectNode configuration(PromptContent content) {
    ObjectNode configuration = JSON.createObjectNode();
    configuration.set("variables", content.variables());
    configuration.set("examples", JSON.valueToTree(content.examples()));
    configuration.set("parameters", content.parameters());
    if (content.responseFormat() != null) {
      configuration.set("responseFormat", content.responseFormat());
    }
    return configuration;
  }

  private static void settings(
      String pointer, JsonNode older, JsonNode newer, List<Setting> found) {
    if (older.equals(newer)) {
      return;
    }
    if (older.isObject() && newer.isObject()) {
      Set<String> names = new LinkedHashSet<>(older.propertyNames());
      names.addAll(newer.propertyNames());
      names.forEach(name ->
          settings(
              pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
              older.path(name),
              newer.path(name),
              found));
    } else if (older.isArray() && newer.isArray()) {
      for (int i = 0; i < Math.max(older.size(), newer.size()); i++) {
        settings(pointer + "/" + i, older.path(i), newer.path(i), found);
      }
    } else {
      found.add(
          new Setting(
              pointer, older.isMissingNode() ? null : older, newer.isMissingNode() ? null : newer));
    }
  }
}
