package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversations, each line in one of five shapes, known by its members: the platform's own, a
 * training example of OpenAI's fine-tuning of chat models, a sample of OpenAI's evals, an item of
 * Langfuse and a row of MLflow, each with the variables of a prompt or without. What a shape does
 * not know becomes metadata.
 */
public record ChatSchema() implements LineSchema {

  /** A line of an upload. */
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
  private static final Set<String> OF_INPUT = Set.of(MESSAGES, TOOLS, RowVariables.NAME);

  @Override
  public Accepted read(RawRecord raw) throws LineFault {
    LineMembers.requireSubset(raw.fields());
    Map<String, Object> members = RowVariables.copy(raw.fields());
    ObjectNode line = LineMembers.tree(members);
    ObjectNode variables = RowVariables.takeFrom(line, members);
    return (asksByVariables(line, variables)
            ? ofVariables(line, members, variables)
            : RowVariables.add(read(line, members), variables))
        .normalised();
  }

  /** Returns whether nothing else of the line asks anything. */
  private static boolean asksByVariables(ObjectNode line, ObjectNode variables) {
    return !variables.isEmpty()
        && !line.has(INPUT)
        && !line.has(MESSAGES)
        && !MlflowRow.is(line)
        && !LangfuseItem.is(line);
  }

  private static Accepted ofVariables(
      ObjectNode line, Map<String, Object> members, ObjectNode variables) throws LineFault {
    boolean sampled = line.has(IDEAL);
    if (sampled) {
      LineMembers.absent(line, EXPECTED, "stands beside ideal", "Keep one of the two");
    }
    return new Accepted(
        RowVariables.alone(variables),
        sampled ? ChatExpected.ideal(line.path(IDEAL)) : ChatExpected.read(line.path(EXPECTED)),
        LineMembers.metadata(members, Set.of(EXPECTED, IDEAL)));
  }

  private static Accepted read(ObjectNode line, Map<String, Object> members) throws LineFault {
    JsonNode input = line.path(INPUT);
    if (MlflowRow.is(line)) {
      return MlflowRow.conversation(line, members);
    }
    if (LangfuseItem.is(line)) {
      return LangfuseItem.conversation(line, members);
    }
    if (line.has(MESSAGES)) {
      LineMembers.absent(line, INPUT, "stands beside messages", "Keep one of the two");
      return trainingExample(line, members);
    }
    if (input.isObject()) {
      return own(line, members);
    }
    if (input.isArray() || input.isString()) {
      return sample(line, members);
    }
    throw new LineFault(
        input.isMissingNode() ? RowProblem.Code.MISSING_COLUMN : RowProblem.Code.WRONG_TYPE,
        INPUT,
        input.isMissingNode() ? "is missing, and so is messages" : "is not an object with messages",
        "Write a line such as " + EXAMPLE);
  }

  private static Accepted own(ObjectNode line, Map<String, Object> members) throws LineFault {
    LineMembers.absent(
        line, IDEAL, "belongs to lines whose input is a list", "Write it as expected.references");
    ObjectNode input = (ObjectNode) line.path(INPUT);
    ChatFields.onlyKnown(input, OF_INPUT, INPUT);
    return new Accepted(
        ChatMessages.input(input, INPUT),
        ChatExpected.read(line.path(EXPECTED)),
        LineMembers.metadata(members, Set.of(INPUT, EXPECTED)));
  }

  /**
   * OpenAI, guide "Supervised fine-tuning" and {@code FineTuneChatRequestInput} of the API's
   * description: the last message of the assistant is the answer to be learned, and weights of 0
   * leave earlier ones out.
   */
  private static Accepted trainingExample(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    for (String other : List.of(EXPECTED, IDEAL)) {
      LineMembers.absent(
          line,
          other,
          "stands beside messages, whose last one is what is expected",
          "Put messages and tools into input: " + EXAMPLE);
    }
    Map<String, Object> metadata = LineMembers.metadata(members, Set.of(MESSAGES, TOOLS));
    ChatMessages.takeWeights(line.path(MESSAGES), MESSAGES, metadata);
    List<ObjectNode> messages = ChatMessages.read(line.path(MESSAGES), MESSAGES);
    int last = messages.size() - 1;
    boolean answered = ChatMessages.role(messages.getLast()).equals("assistant");
    List<ObjectNode> asked = answered ? messages.subList(0, last) : messages;
    ChatMessages.requireQuestion(asked, MESSAGES);
    return new Accepted(
        new Input(asked, ChatTools.read(line.path(TOOLS), TOOLS)),
        answered
            ? ChatExpected.answer(messages.getLast(), "%s[%d]".formatted(MESSAGES, last))
            : Expected.NOTHING,
        metadata);
  }

  /**
   * OpenAI, {@code openai/evals}, {@code docs/build-eval.md}: the input is a list of messages, or a
   * text; the ideal answer a text, or a list of texts any of which is right.
   */
  private static Accepted sample(ObjectNode line, Map<String, Object> members) throws LineFault {
    LineMembers.absent(
        line,
        EXPECTED,
        "belongs to lines whose input is an object",
        "Write input as {\"messages\":[…]}, or name the answer ideal");
    JsonNode input = line.path(INPUT);
    Map<String, Object> metadata = LineMembers.metadata(members, Set.of(INPUT, IDEAL));
    Expected expected = ChatExpected.ideal(line.path(IDEAL));
    if (input.isString()) {
      return new Accepted(Input.ofText(input.asString()), expected, metadata);
    }
    List<ObjectNode> messages = ChatMessages.read(input, INPUT);
    ChatMessages.requireQuestion(messages, INPUT);
    return new Accepted(new Input(messages, null), expected, metadata);
  }
}
