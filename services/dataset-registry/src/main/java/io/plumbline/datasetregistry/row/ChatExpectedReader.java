package io.plumbline.datasetregistry.row;

import io.plumbline.datasetregistry.item.ToolArguments;
import io.plumbline.items.Expected;
import io.plumbline.items.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the expectations of the answer from a line. */
final class ChatExpectedReader {

  static final int MAX_REFERENCES = 20;

  /** The maximum characters of a reference. */
  static final int MAX_REFERENCE = 100_000;

  /** The maximum characters of a rubric. */
  static final int MAX_RUBRIC = 10_000;

  static final int MAX_TOOL_CALLS = 20;

  private static final String EXPECTED = "expected";
  private static final Set<String> FIELDS = Set.of("references", "rubric", "toolCalls");
  private static final Set<String> CALL_FIELDS = Set.of("name", "arguments");
  private static final TypeReference<Object> ANY = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private ChatExpectedReader() {}

  /**
   * @param expected the expectations in the platform's own shape; may be missing
   */
  static Expected read(JsonNode expected) throws LineFault {
    if (expected.isMissingNode()) {
      return Expected.NOTHING;
    }
    if (!expected.isObject()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          EXPECTED,
          "is not an object",
          "Write it as {\"references\":[\"…\"]}, or omit it");
    }
    if (expected.has("label")) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          "expected.label",
          "is for datasets of the kind CLASSIFICATION",
          "Write the answer as expected.references");
    }
    ChatFields.requireKnownMembers(expected, FIELDS, EXPECTED);
    return new Expected(
        null,
        readReferences(expected.path("references"), "expected.references"),
        readRubric(expected.path("rubric")),
        readToolCalls(expected.path("toolCalls")));
  }

  /**
   * @param ideal the ideal answers of a sample: a text or a list of texts; may be missing
   */
  static Expected fromIdeal(JsonNode ideal) throws LineFault {
    if (ideal.isString()) {
      return ofReferences(List.of(readReference(ideal, "ideal")));
    }
    return ofReferences(readReferences(ideal, "ideal"));
  }

  /**
   * @param message the last message of a training example
   */
  static Expected fromAnswer(ObjectNode message, String at) throws LineFault {
    if (message.has("refusal")) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".refusal",
          "cannot be expected",
          "Write the text of the refusal as content");
    }
    JsonNode content = message.path("content");
    if (!content.isMissingNode() && !content.isString()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".content",
          "has parts, and only a text can be expected",
          "Write the answer as a JSON string");
    }
    List<String> references = contentReference(content, at + ".content");
    JsonNode calls = message.path("tool_calls");
    ChatFields.requireAtMost(calls.size(), MAX_TOOL_CALLS, "tool calls", at + ".tool_calls");
    List<ToolCall> toolCalls = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      toolCalls.add(
          readCall(calls.get(i).path("function"), "%s.tool_calls[%d].function".formatted(at, i)));
    }
    if (message.has("function_call")) {
      toolCalls.add(readCall(message.path("function_call"), at + ".function_call"));
    }
    if (references.isEmpty() && toolCalls.isEmpty()) {
      throw new LineFault(
          RowProblem.Code.MISSING_VALUE,
          at + ".content",
          "is empty, and no tool is called",
          "Write the answer, or a tool call");
    }
    return new Expected(null, references, null, toolCalls);
  }

  private static List<String> contentReference(JsonNode content, String at) throws LineFault {
    if (content.asString("").isBlank()) {
      return List.of();
    }
    return List.of(readReference(content, at));
  }

  private static Expected ofReferences(List<String> references) {
    return new Expected(null, references, null, null);
  }

  private static List<String> readReferences(JsonNode references, String at) throws LineFault {
    return readTexts(references, "references", at);
  }

  /**
   * @param what the plural noun for the texts, any of which would be a good answer
   */
  static List<String> readTexts(JsonNode texts, String what, String at) throws LineFault {
    ArrayNode list = requireList(texts, at, "Write it as [\"…\"]");
    ChatFields.requireAtMost(list.size(), MAX_REFERENCES, what, at);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      read.add(readReference(list.get(i), "%s[%d]".formatted(at, i)));
    }
    return read;
  }

  static String readReference(JsonNode reference, String at) throws LineFault {
    return requireText(reference, MAX_REFERENCE, at);
  }

  private static @Nullable String readRubric(JsonNode rubric) throws LineFault {
    if (rubric.isMissingNode() || rubric.isNull()) {
      return null;
    }
    return requireText(rubric, MAX_RUBRIC, "expected.rubric");
  }

  private static String requireText(JsonNode text, int most, String at) throws LineFault {
    if (!text.isString()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE, at, "is not a text", "Write it as a JSON string");
    }
    if (text.asString().isBlank()) {
      throw new LineFault(RowProblem.Code.MISSING_VALUE, at, "is empty", "Write it, or omit it");
    }
    if (text.asString().length() > most) {
      throw new LineFault(
          RowProblem.Code.TOO_LARGE,
          at,
          "is longer than %,d characters".formatted(most),
          "Shorten it");
    }
    return text.asString();
  }

  private static List<ToolCall> readToolCalls(JsonNode calls) throws LineFault {
    String at = "expected.toolCalls";
    ArrayNode list = requireList(calls, at, "Write it as [{\"name\":\"…\",\"arguments\":{…}}]");
    ChatFields.requireAtMost(list.size(), MAX_TOOL_CALLS, "tool calls", at);
    List<ToolCall> read = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String call = "%s[%d]".formatted(at, i);
      if (!(list.get(i) instanceof ObjectNode object)
          || !(object.path("arguments") instanceof ObjectNode arguments)) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            list.get(i).isObject() ? call + ".arguments" : call,
            "is not an object",
            "Write a call as {\"name\":\"…\",\"arguments\":{…}}");
      }
      ChatFields.requireKnownMembers(object, CALL_FIELDS, call);
      ChatFields.requireToolName(object, call);
      read.add(new ToolCall(object.path("name").asString(), arguments));
    }
    return read;
  }

  /** Reads a call as the OpenAI API writes it, with its arguments as JSON in a text. */
  private static ToolCall readCall(JsonNode function, String at) throws LineFault {
    ObjectNode arguments =
        ToolArguments.parse(function.path("arguments").asString(""))
            .filter(parsed -> !Unstorable.isUnstorable(JSON.treeToValue(parsed, ANY)))
            .orElseThrow(() ->
                new LineFault(
                    RowProblem.Code.WRONG_TYPE,
                    at + ".arguments",
                    "is not a JSON object of at most "
                        + ToolArguments.MAX_DEPTH
                        + " levels, without NUL",
                    "Write it as the API does, such as \"{\\\"number\\\":7}\""));
    return new ToolCall(function.path("name").asString(""), arguments);
  }

  static ArrayNode requireList(JsonNode list, String at, String remedy) throws LineFault {
    if (list.isMissingNode() || list.isNull()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    if (list instanceof ArrayNode array) {
      return array;
    }
    throw new LineFault(RowProblem.Code.WRONG_TYPE, at, "is not a list", remedy);
  }
}
