package io.plumbline.datasetregistry.item;

import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.items.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Visits every text of an item, and the numbers among its data: the messages of people and models,
 * the arguments of tool calls, descriptions of tools, variables, expectations and metadata. Left
 * out are labels, the names of members, the structure of a conversation (roles, types, ids, the
 * names of tools, and images in data URLs), and the id and address of a document.
 */
public final class ItemTexts {

  /** The field name of the text, in items that are only a text. */
  public static final String TEXT = "text";

  private static final String DOCUMENT = "input.document";

  /** The maximum characters of a member's name in a field. */
  private static final int MAX_SHOWN_NAME = 40;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  /** A change of texts. It returns the text itself or its replacement. */
  @FunctionalInterface
  public interface Change {
    String apply(String field, String text);
  }

  private ItemTexts() {}

  /** Returns the input with changed texts, in the same shape. */
  public static Input map(Input input, Change change) {
    Document document = input.document();
    if (document != null) {
      return Input.ofDocument(
          new Document(
              document.documentId(),
              change.apply(DOCUMENT + ".title", document.title()),
              change.apply(DOCUMENT + ".text", document.text()),
              document.url(),
              document.publishedAt()));
    }
    return input
        .onlyText()
        .map(text -> Input.ofText(change.apply(TEXT, text)))
        .orElseGet(() -> {
          List<ObjectNode> messages = new ArrayList<>(input.messages().size());
          for (ObjectNode message : input.messages()) {
            messages.add(changeMessage(message, "input.messages[" + messages.size() + "]", change));
          }
          List<ObjectNode> tools = new ArrayList<>(input.tools().size());
          for (ObjectNode tool : input.tools()) {
            tools.add(changeTool(tool, "input.tools[" + tools.size() + "]", change));
          }
          return new Input(
              messages,
              tools,
              (ObjectNode) changeValue(input.variables(), "input.variables", change, true),
              null);
        });
  }

  /** Returns the expectations with changed texts. */
  public static Expected map(Expected expected, Change change) {
    List<String> references = new ArrayList<>(expected.references().size());
    for (String reference : expected.references()) {
      references.add(change.apply("expected.references[" + references.size() + "]", reference));
    }
    String changedRubric = changeIfGiven(expected.rubric(), "expected.rubric", change);
    List<ToolCall> calls = new ArrayList<>(expected.toolCalls().size());
    for (ToolCall call : expected.toolCalls()) {
      String at = "expected.toolCalls[" + calls.size() + "].arguments";
      calls.add(
          new ToolCall(call.name(), (ObjectNode) changeValue(call.arguments(), at, change, true)));
    }
    return new Expected(
        expected.label(),
        references,
        changedRubric,
        calls,
        changeAnswers(expected.answers(), change),
        changePassages(expected.passages(), change),
        changeAnswer(expected.chosen(), "expected.chosen", change),
        changeAnswer(expected.rejected(), "expected.rejected", change));
  }

  private static @Nullable ObjectNode changeAnswer(
      @Nullable ObjectNode answer, String at, Change change) {
    return answer == null ? null : changeMessage(answer, at, change);
  }

  private static @Nullable List<String> changeAnswers(
      @Nullable List<String> answers, Change change) {
    if (answers == null) {
      return null;
    }
    List<String> changed = new ArrayList<>(answers.size());
    for (String answer : answers) {
      changed.add(change.apply("expected.answers[" + changed.size() + "]", answer));
    }
    return changed;
  }

  private static List<PassageReference> changePassages(
      List<PassageReference> passages, Change change) {
    List<PassageReference> changed = new ArrayList<>(passages.size());
    for (PassageReference passage : passages) {
      String at = "expected.passages[" + changed.size() + "]";
      changed.add(
          new PassageReference(
              passage.documentId(),
              changeIfGiven(passage.section(), at + ".section", change),
              changeIfGiven(passage.text(), at + ".text", change)));
    }
    return changed;
  }

  private static @Nullable String changeIfGiven(
      @Nullable String text, String field, Change change) {
    return text == null ? null : change.apply(field, text);
  }

  /** Returns the metadata with changed texts. A number that is changed becomes a text. */
  public static Map<String, Object> map(Map<String, Object> metadata, Change change) {
    if (metadata.isEmpty()) {
      return metadata;
    }
    return JSON.treeToValue(
        changeValue(JSON.valueToTree(metadata), "metadata", change, true), OBJECT);
  }

  /** Visits the texts of an item. */
  public static void visit(Item item, Visitor visitor) {
    Change none =
        (field, text) -> {
          visitor.visit(field, text);
          return text;
        };
    map(item.input(), none);
    map(item.expected(), none);
    map(item.metadata(), none);
  }

  /** A visitor that receives each text with its field. */
  @FunctionalInterface
  public interface Visitor {
    void visit(String field, String text);
  }

  private static ObjectNode changeMessage(ObjectNode message, String at, Change change) {
    ObjectNode changed = message.deepCopy();
    String role = message.path("role").asString("");
    if (!role.equals("tool") && !role.equals("function")) {
      changeText(changed, "name", at, change);
    }
    changeText(changed, "refusal", at, change);
    changeText(changed, "content", at, change);
    JsonNode content = changed.path("content");
    for (int i = 0; content.isArray() && i < content.size(); i++) {
      changePart(content.get(i), at + ".content[" + i + "]", change);
    }
    JsonNode calls = changed.path("tool_calls");
    for (int i = 0; calls.isArray() && i < calls.size(); i++) {
      changeArguments(calls.get(i).path("function"), at + ".tool_calls[" + i + "]", change);
    }
    changeArguments(changed.path("function_call"), at + ".function_call", change);
    return changed;
  }

  private static void changePart(JsonNode part, String at, Change change) {
    changeText(part, "text", at, change);
    changeText(part, "refusal", at, change);
    JsonNode image = part.path("image_url");
    changeText(image, "detail", at + ".image_url", change);
    if (!image.path("url").asString("").startsWith("data:")) {
      changeText(image, "url", at + ".image_url", change);
    }
  }

  /**
   * Changes the arguments of a call. They are JSON in a text, of which the values are visited, so
   * that the text stays JSON.
   */
  private static void changeArguments(JsonNode function, String at, Change change) {
    if (function instanceof ObjectNode call && call.path("arguments").isString()) {
      Optional<ObjectNode> parsed = ToolArguments.parse(call.path("arguments").asString());
      if (parsed.isEmpty()) {
        changeText(call, "arguments", at, change);
        return;
      }
      JsonNode changed = changeValue(parsed.get(), at + ".arguments", change, true);
      if (!changed.equals(parsed.get())) {
        call.put("arguments", JSON.writeValueAsString(changed));
      }
    }
  }

  /**
   * Returns a tool with changed texts. Numbers of its schema stay as they are, or it would no
   * longer be a schema.
   */
  private static ObjectNode changeTool(ObjectNode tool, String at, Change change) {
    ObjectNode changed = tool.deepCopy();
    if (changed.path("function") instanceof ObjectNode function) {
      changeText(function, "description", at, change);
      if (function.path("parameters") instanceof ObjectNode parameters) {
        function.set("parameters", changeValue(parameters, at + ".parameters", change, false));
      }
    }
    return changed;
  }

  private static void changeText(JsonNode holder, String name, String at, Change change) {
    if (holder instanceof ObjectNode object && object.path(name).isString()) {
      object.put(name, change.apply(at + "." + name, object.path(name).asString()));
    }
  }

  /** Returns the value with changed texts, and numbers if wanted, at any depth. */
  private static JsonNode changeValue(JsonNode value, String at, Change change, boolean numbers) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode changed = JSON.createObjectNode();
        object.forEachEntry((name, member) ->
            changed.set(name, changeValue(member, at + "." + shownName(name), change, numbers)));
        yield changed;
      }
      case ArrayNode array -> {
        ArrayNode changed = JSON.createArrayNode();
        for (int i = 0; i < array.size(); i++) {
          changed.add(changeValue(array.get(i), at + "[" + i + "]", change, numbers));
        }
        yield changed;
      }
      case JsonNode scalar when scalar.isString() || (numbers && scalar.isNumber()) ->
          changeText(scalar, at, change);
      default -> value;
    };
  }

  private static JsonNode changeText(JsonNode value, String at, Change change) {
    String text = value.asString();
    String changed = change.apply(at, text);
    return changed.equals(text) ? value : StringNode.valueOf(changed);
  }

  /**
   * Returns a member's name as findings and notes show it: cut to {@value #MAX_SHOWN_NAME}
   * characters, with question marks for control characters and unpaired surrogates.
   */
  public static String shownName(String name) {
    String shown = name.length() > MAX_SHOWN_NAME ? name.substring(0, MAX_SHOWN_NAME) + "…" : name;
    return shown
        .codePoints()
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
