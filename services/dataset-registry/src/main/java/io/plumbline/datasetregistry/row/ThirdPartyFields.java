package io.plumbline.datasetregistry.row;

import io.plumbline.items.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the inputs and outputs that other products export. Those products leave the shape to the
 * application; the shapes in their documentation are read: a text, a list of messages, an object
 * with messages, an object whose only member is a text, and an object whose members fill the
 * variables of a prompt.
 */
final class ThirdPartyFields {

  private static final String MESSAGES = "messages";
  private static final String REMEDY =
      "Write it as a text, as {\"question\":\"…\"} or as {\"messages\":[…]}";

  private ThirdPartyFields() {}

  static Input readInput(JsonNode input, String at) throws LineFault {
    if (fillsVariables(input)) {
      return RowVariables.inputOf(RowVariables.read(input, at));
    }
    return readConversation(input, at);
  }

  /**
   * Reads a question. The other members of its object are variables.
   *
   * @param question the name of the member with the question
   */
  static Input readQuestion(JsonNode input, String question, String at) throws LineFault {
    if (!fillsVariables(input) || !input.has(question)) {
      return readConversation(input, at);
    }
    ObjectNode variables = (ObjectNode) input.deepCopy();
    JsonNode asked = variables.remove(question);
    return Input.ofText(readText(asked, at + "." + question, REMEDY))
        .withVariables(RowVariables.read(variables, at));
  }

  /**
   * Returns whether a value is an object whose members are the variables of a prompt: it has some,
   * no messages, and not only a single text.
   */
  private static boolean fillsVariables(JsonNode input) {
    return input.isObject()
        && !input.isEmpty()
        && !input.has(MESSAGES)
        && (input.size() > 1 || !input.iterator().next().isString());
  }

  private static Input readConversation(JsonNode input, String at) throws LineFault {
    if (input.isArray()) {
      return readConversation(input, List.of(), at);
    }
    if (input.path(MESSAGES).isArray()) {
      ChatFields.requireKnownMembers(input, Set.of(MESSAGES, "tools", RowVariables.NAME), at);
      return readConversation(
              input.path(MESSAGES),
              ChatTools.read(input.path("tools"), at + ".tools"),
              at + "." + MESSAGES)
          .withVariables(
              RowVariables.read(input.path(RowVariables.NAME), at + "." + RowVariables.NAME));
    }
    return Input.ofText(readText(input, at, REMEDY));
  }

  private static String readText(JsonNode value, String at, String remedy) throws LineFault {
    return readText(value, QuestionSchema.MAX_QUESTION, at, remedy);
  }

  private static Input readConversation(JsonNode messages, List<ObjectNode> tools, String at)
      throws LineFault {
    List<ObjectNode> read = ChatMessages.read(messages, at);
    ChatMessages.requireQuestion(read, at);
    return new Input(read, tools);
  }

  /** Reads one good answer, or several in a list. */
  static List<String> readAnswers(JsonNode output, String what, String at) throws LineFault {
    if (output.isArray()) {
      return ChatExpectedReader.readTexts(output, what, at);
    }
    JsonNode answer = output.has("role") ? output.path("content") : output;
    return List.of(
        readText(
            answer,
            ChatExpectedReader.MAX_REFERENCE,
            at,
            "Write it as a text, a list of texts or {\"answer\":\"…\"}"));
  }

  /** Reads a text, or the text that is the only member of an object. */
  private static String readText(JsonNode value, int most, String at, String remedy)
      throws LineFault {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
    boolean wrapped = value.isObject() && members.size() == 1;
    JsonNode text = wrapped ? members.getFirst().getValue() : value;
    String field = wrapped ? at + "." + ChatFields.shownName(members.getFirst().getKey()) : at;
    if (!text.isString()) {
      throw new LineFault(RowProblem.Code.WRONG_TYPE, field, "has no text and no messages", remedy);
    }
    if (text.asString().isBlank()) {
      throw new LineFault(RowProblem.Code.MISSING_VALUE, field, "is empty", remedy);
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
