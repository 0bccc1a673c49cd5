package io.plumbline.datasetregistry.row;

import io.plumbline.items.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of questions about documents: a conversation that ends with the question, or the
 * question alone, with the answers and the passages that contain them. A line has the platform's
 * own shape, that of columns, or that of an item of Langfuse or MLflow, and may have variables of a
 * prompt.
 */
public record QuestionSchema() implements LineSchema {

  /** An example of a line. */
  public static final String EXAMPLE =
      """
      {"question":"How long may I return a parcel?","expected":{"answers":["14 days"],\
      "passages":[{"documentId":"returns.md","section":"Returns"}]},"subset":"test"}\
      """;

  private static final String INPUT = "input";
  static final String QUESTION = "question";
  private static final String EXPECTED = "expected";
  private static final String MESSAGES = "input.messages";

  /** The maximum characters of a question without a conversation. */
  static final int MAX_QUESTION = 100_000;

  @Override
  public List<String> requiredCsvColumns() {
    return List.of(QUESTION);
  }

  @Override
  public Accepted read(RawRecord raw) throws LineFault {
    LineMembers.requireValidSubset(raw.fields());
    Map<String, Object> members = RowVariables.mutableCopy(raw.fields());
    ObjectNode line = LineMembers.toTree(members);
    ObjectNode variables = RowVariables.extractVariables(line, members);
    return RowVariables.withVariables(read(line, members), variables).normalised();
  }

  private static Accepted read(ObjectNode line, Map<String, Object> members) throws LineFault {
    if (MlflowRow.matches(line)) {
      return MlflowRow.readQuestion(line, members);
    }
    if (LangfuseItem.matches(line)) {
      return LangfuseItem.readQuestion(line, members);
    }
    if (QuestionColumns.matches(line)) {
      return QuestionColumns.read(line, members);
    }
    return new Accepted(
        readInput(line),
        QuestionExpectedReader.read(line.path(EXPECTED)),
        LineMembers.metadata(members, Set.of(INPUT, QUESTION, EXPECTED)));
  }

  private static Input readInput(ObjectNode line) throws LineFault {
    if (line.has(QUESTION)) {
      LineMembers.requireAbsent(
          line, INPUT, "cannot be combined with question", "Keep one of the two");
      return Input.ofText(requireQuestion(line.path(QUESTION)));
    }
    JsonNode input = line.path(INPUT);
    if (input.isMissingNode()) {
      throw new LineFault(
          RowProblem.Code.MISSING_COLUMN,
          QUESTION,
          "is missing, and so is input",
          "Write a line such as " + EXAMPLE);
    }
    if (!input.isObject()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          INPUT,
          "is not an object with messages",
          "Write a line such as " + EXAMPLE);
    }
    ChatFields.requireKnownMembers(input, Set.of("messages", "tools", RowVariables.NAME), INPUT);
    List<ObjectNode> messages = ChatMessages.read(input.path("messages"), MESSAGES);
    if (!ChatMessages.role(messages.getLast()).equals("user")) {
      throw new LineFault(
          RowProblem.Code.MISSING_VALUE,
          MESSAGES,
          "ends in a message of the role " + ChatMessages.role(messages.getLast()),
          "End it in the message of a user that asks the question");
    }
    return new Input(
        messages,
        ChatTools.read(input.path("tools"), "input.tools"),
        RowVariables.read(input.path(RowVariables.NAME), INPUT + "." + RowVariables.NAME),
        null);
  }

  static String requireQuestion(JsonNode question) throws LineFault {
    String remedy = "Write the question as a JSON string";
    if (!question.isString()) {
      throw new LineFault(RowProblem.Code.WRONG_TYPE, QUESTION, "is not a text", remedy);
    }
    if (question.asString().isBlank()) {
      throw new LineFault(RowProblem.Code.MISSING_VALUE, QUESTION, "is empty", remedy);
    }
    if (question.asString().length() > MAX_QUESTION) {
      throw new LineFault(
          RowProblem.Code.TOO_LARGE,
          QUESTION,
          "is longer than %,d characters".formatted(MAX_QUESTION),
          "Shorten it");
    }
    return question.asString();
  }
}
