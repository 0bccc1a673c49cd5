package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the answers to a question, and the passages that contain them. */
final class QuestionExpectedReader {

  static final int MAX_PASSAGES = 20;

  /** The maximum characters of the section that a passage names. */
  static final int MAX_SECTION = 1_000;

  /** The maximum characters of the quote in a passage. */
  static final int MAX_QUOTE = 10_000;

  private static final String EXPECTED = "expected";
  private static final Set<String> FIELDS = Set.of("answers", "passages");
  private static final Set<String> PASSAGE_FIELDS = Set.of("documentId", "section", "text");

  private QuestionExpectedReader() {}

  static Expected read(JsonNode expected) throws LineFault {
    if (!expected.isObject()) {
      throw LineFault.missingOrWrong(
          expected,
          EXPECTED,
          "is not an object",
          "Write it as {\"answers\":[\"…\"],\"passages\":[{\"documentId\":\"…\"}]}");
    }
    ChatFields.requireKnownMembers(expected, FIELDS, EXPECTED);
    return expectedOf(
        readAnswers(expected.path("answers"), EXPECTED + ".answers"),
        readPassages(expected.path("passages"), EXPECTED + ".passages"),
        EXPECTED + ".answers");
  }

  private static @Nullable List<String> readAnswers(JsonNode answers, String at) throws LineFault {
    if (answers.isMissingNode() || answers.isNull()) {
      return null;
    }
    return ChatExpectedReader.readTexts(answers, "answers", at);
  }

  /**
   * @param at the field of the answers
   */
  static Expected expectedOf(
      @Nullable List<String> answers, List<PassageReference> passages, String at) throws LineFault {
    if (answers == null && passages.isEmpty()) {
      throw new LineFault(
          RowProblem.Code.MISSING_VALUE,
          at,
          "is missing, and so are passages",
          "Write the answers; an empty list means that the documents do not answer the question");
    }
    if (answers != null && answers.isEmpty() && !passages.isEmpty()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at,
          "is empty, though passages are named",
          "Write the answer that they give, or omit the passages");
    }
    return Expected.ofAnswers(answers, passages);
  }

  private static List<PassageReference> readPassages(JsonNode passages, String at)
      throws LineFault {
    JsonNode list =
        ChatExpectedReader.requireList(
            passages, at, "Write it as [{\"documentId\":\"…\",\"section\":\"…\",\"text\":\"…\"}]");
    ChatFields.requireAtMost(list.size(), MAX_PASSAGES, "passages", at);
    List<PassageReference> read = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String passage = "%s[%d]".formatted(at, i);
      if (!list.get(i).isObject()) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            passage,
            "is not an object",
            "Write a passage as {\"documentId\":\"…\",\"section\":\"…\",\"text\":\"…\"}");
      }
      ChatFields.requireKnownMembers(list.get(i), PASSAGE_FIELDS, passage);
      read.add(
          new PassageReference(
              DocumentFields.requireId(list.get(i), passage),
              blankToNull(
                  DocumentFields.optionalText(list.get(i), "section", MAX_SECTION, passage)),
              blankToNull(DocumentFields.optionalText(list.get(i), "text", MAX_QUOTE, passage))));
    }
    return read;
  }

  /** Returns the text, or null if it is absent or blank. */
  static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
