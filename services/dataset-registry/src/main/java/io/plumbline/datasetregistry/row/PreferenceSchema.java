package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of preferences: a conversation with a better and a worse answer. A line has the
 * platform's own shape or that of OpenAI's preference fine-tuning, which is recognised by its
 * members. Members that a shape does not define become metadata.
 */
public record PreferenceSchema() implements LineSchema {

  /** An example of a line. */
  public static final String EXAMPLE =
      """
      {"input":{"messages":[{"role":"user","content":"Where is my parcel?"}]},\
      "expected":{"chosen":"It arrives on Friday.","rejected":"I cannot know that."}}\
      """;

  private static final String INPUT = "input";
  private static final String EXPECTED = "expected";
  private static final String MESSAGES = "messages";
  private static final String TOOLS = "tools";
  private static final String PARALLEL = "parallel_tool_calls";
  private static final String PREFERRED = "preferred_output";
  private static final String OTHER = "non_preferred_output";
  private static final Set<String> INPUT_FIELDS = Set.of(MESSAGES, TOOLS);
  private static final Set<String> OPENAI_INPUT_FIELDS = Set.of(MESSAGES, TOOLS, PARALLEL);

  @Override
  public Accepted read(RawRecord raw) throws LineFault {
    LineMembers.requireValidSubset(raw.fields());
    RowVariables.requireNone(raw.fields());
    ObjectNode line = LineMembers.toTree(raw.fields());
    if (line.has(PREFERRED) || line.has(OTHER)) {
      return requireDifferentAnswers(readTrainingExample(line, raw.fields()), PREFERRED, OTHER);
    }
    return requireDifferentAnswers(
        readNativeFormat(line, raw.fields()),
        PreferenceExpectedReader.CHOSEN,
        PreferenceExpectedReader.REJECTED);
  }

  /** Requires that the two answers of a line differ, and returns the line as it is stored. */
  private static Accepted requireDifferentAnswers(Accepted read, String chosen, String rejected)
      throws LineFault {
    Accepted stored = read.normalised();
    PreferenceExpectedReader.requireDifference(stored.expected(), chosen, rejected);
    return stored;
  }

  private static Accepted readNativeFormat(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    JsonNode input = requireInput(line, INPUT_FIELDS);
    return new Accepted(
        ChatMessages.readInput(input, INPUT),
        PreferenceExpectedReader.read(line.path(EXPECTED)),
        LineMembers.metadata(members, Set.of(INPUT, EXPECTED)));
  }

  /**
   * Reads a training example (OpenAI, guide "Direct preference optimization" and {@code
   * FineTunePreferenceRequestInput} of the API's specification). Both outputs are lists of one
   * message of the assistant.
   */
  private static Accepted readTrainingExample(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    LineMembers.requireAbsent(
        line,
        EXPECTED,
        "cannot be combined with " + PREFERRED + " or " + OTHER,
        "Keep one of the two");
    JsonNode input = requireInput(line, OPENAI_INPUT_FIELDS);
    Map<String, Object> metadata = LineMembers.metadata(members, Set.of(INPUT, PREFERRED, OTHER));
    ChatMessages.moveWeightsToMetadata(input.path(MESSAGES), INPUT + "." + MESSAGES, metadata);
    JsonNode parallel = input.path(PARALLEL);
    if (!parallel.isMissingNode() && !parallel.isNull()) {
      if (!parallel.isBoolean()) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            INPUT + "." + PARALLEL,
            "is not a boolean",
            "Write true or false");
      }
      LineMembers.putOnce(metadata, PARALLEL, parallel.asBoolean());
    }
    return new Accepted(
        ChatMessages.readInput(input, INPUT),
        Expected.ofPreference(
            PreferenceExpectedReader.readOutput(line.path(PREFERRED), PREFERRED),
            PreferenceExpectedReader.readOutput(line.path(OTHER), OTHER)),
        metadata);
  }

  private static JsonNode requireInput(ObjectNode line, Set<String> known) throws LineFault {
    JsonNode input = line.path(INPUT);
    if (!input.isObject()) {
      throw LineFault.missingOrWrong(
          input, INPUT, "is not an object with messages", "Write a line such as " + EXAMPLE);
    }
    ChatFields.requireKnownMembers(input, known, INPUT);
    return input;
  }
}
