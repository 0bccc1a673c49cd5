package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the two answers that a line compares, each of them a message of the assistant. */
final class PreferenceExpectedReader {

  static final String CHOSEN = "expected.chosen";
  static final String REJECTED = "expected.rejected";

  private static final String EXPECTED = "expected";
  private static final String REMEDY =
      "Write the answer as a text, or as {\"role\":\"assistant\",\"content\":\"…\"}";
  private static final Set<String> FIELDS = Set.of("chosen", "rejected");

  private PreferenceExpectedReader() {}

  /**
   * @param expected the expectations in the platform's own shape; may be missing
   */
  static Expected read(JsonNode expected) throws LineFault {
    if (!expected.isObject()) {
      throw LineFault.missingOrWrong(
          expected,
          EXPECTED,
          "is not an object",
          "Write it as {\"chosen\":\"…\",\"rejected\":\"…\"}");
    }
    ChatFields.requireKnownMembers(expected, FIELDS, EXPECTED);
    return Expected.ofPreference(
        readAnswer(expected.path("chosen"), CHOSEN),
        readAnswer(expected.path("rejected"), REJECTED));
  }

  /**
   * @param output a list of one message
   */
  static ObjectNode readOutput(JsonNode output, String at) throws LineFault {
    if (!output.isArray() || output.size() != 1) {
      throw LineFault.missingOrWrong(
          output,
          at,
          "is not a list of one message",
          "Write it as [{\"role\":\"assistant\",\"content\":\"…\"}]");
    }
    return readAnswer(output.get(0), at + "[0]");
  }

  private static ObjectNode readAnswer(JsonNode answer, String at) throws LineFault {
    if (answer.isMissingNode() || answer.isNull()) {
      throw new LineFault(RowProblem.Code.MISSING_VALUE, at, "is missing", REMEDY);
    }
    if (answer.isString()) {
      if (answer.asString().isBlank()) {
        throw new LineFault(RowProblem.Code.MISSING_VALUE, at, "is empty", REMEDY);
      }
      return JsonNodeFactory.instance
          .objectNode()
          .put("role", "assistant")
          .put("content", ChatExpectedReader.readReference(answer, at));
    }
    if (!(answer instanceof ObjectNode message)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE, at, "is neither a text nor a message", REMEDY);
    }
    ObjectNode read = ChatMessages.readOne(message, at);
    if (!ChatMessages.role(read).equals("assistant")) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".role",
          "is not assistant; only answers of the assistant can be compared",
          REMEDY);
    }
    ChatExpectedReader.fromAnswer(read, at);
    return read;
  }

  /**
   * Requires that the two answers differ. Equal answers express no preference.
   *
   * @param expected the expectations with their texts as they are stored
   * @param chosen the field of the better answer
   * @param rejected the field of the worse answer
   */
  static void requireDifference(Expected expected, String chosen, String rejected)
      throws LineFault {
    Expected better =
        ChatExpectedReader.fromAnswer(Objects.requireNonNull(expected.chosen()), chosen);
    Expected worse =
        ChatExpectedReader.fromAnswer(Objects.requireNonNull(expected.rejected()), rejected);
    if (better.equals(worse)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          rejected,
          "is the same answer as " + chosen,
          "Write the answer that is not preferred, or omit the line");
    }
  }
}
