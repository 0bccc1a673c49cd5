package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of conversations. A line has one of five shapes, which is recognised by its members:
 * the platform's own, a training example of OpenAI's chat fine-tuning, a sample of OpenAI's evals,
 * an item of Langfuse, or a row of MLflow. Each may have variables of a prompt. Members that a
 * shape does not define become metadata.
 */
public record ChatSchema() implements LineSchema {

  /** An example of a line. */
  public static final String EXAMPLE =
      """
      {"input":{"messages":[{"role":"user","content":"Where is my parcel?"}]},\
      "expected":{"references":["It arrives on Friday."]}}\
      """;

  private static final String INPUT = "input";
  private static final String EXPECTED = "expected";
  private static final String MESSAGES = "messages";
  private static final String TOOLS = "tools";
  private static final String IDEAL = "ideal";
  private static final Set<String> INPUT_FIELDS = Set.of(MESSAGES, TOOLS, RowVariables.NAME);

  @Override
  public Accepted read(RawRecord raw) throws LineFault {
    LineMembers.requireValidSubset(raw.fields());
    Map<String, Object> members = RowVariables.mutableCopy(raw.fields());
    ObjectNode line = LineMembers.toTree(members);
    ObjectNode variables = RowVariables.extractVariables(line, members);
    if (hasOnlyVariables(line, variables)) {
      return readVariables(line, members, variables).normalised();
    }
    return RowVariables.withVariables(read(line, members), variables).normalised();
  }

  /** Returns whether the line has variables and no other input. */
  private static boolean hasOnlyVariables(ObjectNode line, ObjectNode variables) {
    return !variables.isEmpty()
        && !line.has(INPUT)
        && !line.has(MESSAGES)
        && !MlflowRow.matches(line)
        && !LangfuseItem.matches(line);
  }

  private static Accepted readVariables(
      ObjectNode line, Map<String, Object> members, ObjectNode variables) throws LineFault {
    return new Accepted(
        RowVariables.inputOf(variables),
        readIdealOrExpected(line),
        LineMembers.metadata(members, Set.of(EXPECTED, IDEAL)));
  }

  private static Expected readIdealOrExpected(ObjectNode line) throws LineFault {
    if (!line.has(IDEAL)) {
      return ChatExpectedReader.read(line.path(EXPECTED));
    }
    LineMembers.requireAbsent(
        line, EXPECTED, "cannot be combined with ideal", "Keep one of the two");
    return ChatExpectedReader.fromIdeal(line.path(IDEAL));
  }

  private static Accepted read(ObjectNode line, Map<String, Object> members) throws LineFault {
    JsonNode input = line.path(INPUT);
    if (MlflowRow.matches(line)) {
      return MlflowRow.readConversation(line, members);
    }
    if (LangfuseItem.matches(line)) {
      return LangfuseItem.readConversation(line, members);
    }
    if (line.has(MESSAGES)) {
      LineMembers.requireAbsent(
          line, INPUT, "cannot be combined with messages", "Keep one of the two");
      return readTrainingExample(line, members);
    }
    if (input.isObject()) {
      return readNativeFormat(line, members);
    }
    if (input.isArray() || input.isString()) {
      return readEvalsSample(line, members);
    }
    String remedy = "Write a line such as " + EXAMPLE;
    if (input.isMissingNode()) {
      throw new LineFault(
          RowProblem.Code.MISSING_COLUMN, INPUT, "is missing, and so is messages", remedy);
    }
    throw new LineFault(
        RowProblem.Code.WRONG_TYPE, INPUT, "is not an object with messages", remedy);
  }

  private static Accepted readNativeFormat(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    LineMembers.requireAbsent(
        line, IDEAL, "belongs to lines whose input is a list", "Write it as expected.references");
    ObjectNode input = (ObjectNode) line.path(INPUT);
    ChatFields.requireKnownMembers(input, INPUT_FIELDS, INPUT);
    return new Accepted(
        ChatMessages.readInput(input, INPUT),
        ChatExpectedReader.read(line.path(EXPECTED)),
        LineMembers.metadata(members, Set.of(INPUT, EXPECTED)));
  }

  /**
   * Reads a training example (OpenAI, guide "Supervised fine-tuning" and {@code
   * FineTuneChatRequestInput} of the API's specification). The last message of the assistant is the
   * answer to be learned; a weight of 0 excludes an earlier one.
   */
  private static Accepted readTrainingExample(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    for (String other : List.of(EXPECTED, IDEAL)) {
      LineMembers.requireAbsent(
          line,
          other,
          "cannot be combined with messages, whose last one is the expected answer",
          "Put messages and tools into input: " + EXAMPLE);
    }
    Map<String, Object> metadata = LineMembers.metadata(members, Set.of(MESSAGES, TOOLS));
    ChatMessages.moveWeightsToMetadata(line.path(MESSAGES), MESSAGES, metadata);
    List<ObjectNode> messages = ChatMessages.read(line.path(MESSAGES), MESSAGES);
    boolean answered = ChatMessages.role(messages.getLast()).equals("assistant");
    List<ObjectNode> asked = answered ? messages.subList(0, messages.size() - 1) : messages;
    ChatMessages.requireQuestion(asked, MESSAGES);
    return new Accepted(
        new Input(asked, ChatTools.read(line.path(TOOLS), TOOLS)),
        expectedFromLastMessage(messages, answered),
        metadata);
  }

  private static Expected expectedFromLastMessage(List<ObjectNode> messages, boolean answered)
      throws LineFault {
    if (!answered) {
      return Expected.NOTHING;
    }
    return ChatExpectedReader.fromAnswer(
        messages.getLast(), "%s[%d]".formatted(MESSAGES, messages.size() - 1));
  }

  /**
   * Reads a sample of OpenAI's evals ({@code openai/evals}, {@code docs/build-eval.md}). The input
   * is a list of messages or a text; the ideal answer is a text, or a list of texts any of which is
   * right.
   */
  private static Accepted readEvalsSample(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    LineMembers.requireAbsent(
        line,
        EXPECTED,
        "belongs to lines whose input is an object",
        "Write input as {\"messages\":[…]}, or name the answer ideal");
    JsonNode input = line.path(INPUT);
    Map<String, Object> metadata = LineMembers.metadata(members, Set.of(INPUT, IDEAL));
    Expected expected = ChatExpectedReader.fromIdeal(line.path(IDEAL));
    if (input.isString()) {
      return new Accepted(Input.ofText(input.asString()), expected, metadata);
    }
    List<ObjectNode> messages = ChatMessages.read(input, INPUT);
    ChatMessages.requireQuestion(messages, INPUT);
    return new Accepted(new Input(messages, null), expected, metadata);
  }
}
