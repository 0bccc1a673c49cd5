package io.plumbline.datasetregistry.row;

import io.plumbline.items.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What other products export leaves its shape to the application. Read are the shapes that their
 * documentation shows: a text, a list of messages, an object with messages, an object whose only
 * member is a text, and an object whose members fill the variables of a prompt.
 */
final class ExportedFields {

  private static final String MESSAGES = "messages";
  private static final String REMEDY =
      "Write it as a text, as {\"question\":\"…\"} or as {\"messages\":[…]}";

  private ExportedFields() {}

  static Input input(JsonNode input, String at) throws LineFault {
    return fills(input)
        ? RowVariables.alone(RowVariables.read(input, at))
        : conversation(input, at);
  }

  /**
   * A question; the other members of its object are variables.
   *
   * @param question the member that asks
   */
  static Input question(JsonNode input, String question, String at) throws LineFault {
    if (!fills(input) || !input.has(question)) {
      return conversation(input, at);
    }
    ObjectNode variables = (ObjectNode) input.deepCopy();
    JsonNode asked = variables.remove(question);
    return Input.ofText(text(asked, at + "." + question, REMEDY))
        .withVariables(RowVariables.read(variables, at));
  }

  /** Returns whether the members of an object are more than a conversation or one text. */
  private static boolean fills(JsonNode input) {
    return input.isObject()
        && !input.isEmpty()
        && !input.has(MESSAGES)
        && (input.size() > 1 || !input.iterator().next().isString());
  }

  private static Input conversation(JsonNode input, String at) throws LineFault {
    if (input.isArray()) {
      return conversation(input, List.of(), at);
    }
    if (input.path(MESSAGES).isArray()) {
      ChatFields.onlyKnown(input, Set.of(MESSAGES, "tools", RowVariables.NAME), at);
      return conversation(
              input.path(MESSAGES),
              ChatTools.read(input.path("tools"), at + ".tools"),
              at + "." + MESSAGES)
          .withVariables(
              RowVariables.read(input.path(RowVariables.NAME), at + "." + RowVariables.NAME));
    }
    return Input.ofText(text(input, at, REMEDY));
  }

  private static String text(JsonNode value, String at, String remedy) throws LineFault {
    return text(value, QuestionSchema.MAX_QUESTION, at, remedy);
  }

  private static Input conversation(JsonNode messages, List<ObjectNode> tools, String at)
      throws LineFault {
    List<ObjectNode> read = ChatMessages.read(messages, at);
    ChatMessages.requireQuestion(read, at);
    return new Input(read, tools);
  }

  /** One good answer, or several in a list. */
  static List<String> answers(JsonNode output, String what, String at) throws LineFault {
    if (output.isArray()) {
      return ChatExpected.texts(output, what, at);
    }
    JsonNode said = output.has("role") ? output.path("content") : output;
    return List.of(
        text(
            said,
            ChatExpected.MAX_REFERENCE,
            at,
            "Write it as a text, a list of texts or {\"answer\":\"…\"}"));
  }

  /** A text, or the one that is the only member of an object. */
  private static String text(JsonNode value, int most, String at, String remedy) throws LineFault {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
    boolean wrapped = value.isObject() && members.size() == 1;
    JsonNode text = wrapped ? members.getFirst().getValue() : value;
    String field = wrapped ? at + "." + ChatFields.shown(members.getFirst().getKey()) : at;
    if (!text.isString() || text.asString().isBlank()) {
      throw new LineFault(
          text.isString() ? RowProblem.Code.MISSING_VALUE : RowProblem.Code.WRONG_TYPE,
          field,
          text.isString() ? "is empty" : "has no text and no messages",
          remedy);
    }
    if (text.asString().length() > most) {
      throw new LineFault(
          RowProblem.Code.TOO_LARGE,
          field,
          "is longer than %,d characters".formatted(most),
          "Shorten it");
    }
    return text.asString();
  }
}
