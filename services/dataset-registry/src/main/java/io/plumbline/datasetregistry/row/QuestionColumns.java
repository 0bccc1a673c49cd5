package io.plumbline.datasetregistry.row;

import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.PassageReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a question in columns: {@code question}, {@code answer} or {@code answers}, {@code
 * document} and {@code section}. {@code answers} is a JSON list of texts, or one text; an empty
 * cell means that the documents do not answer the question.
 */
final class QuestionColumns {

  private static final String QUESTION = "question";
  private static final String ANSWER = "answer";
  private static final String ANSWERS = "answers";
  private static final String DOCUMENT = "document";
  private static final String SECTION = "section";
  private static final Set<String> COLUMNS = Set.of(QUESTION, ANSWER, ANSWERS, DOCUMENT, SECTION);

  private QuestionColumns() {}

  static boolean matches(ObjectNode line) {
    return line.has(QUESTION)
        && !line.has("expected")
        && (line.has(ANSWER) || line.has(ANSWERS) || line.has(DOCUMENT));
  }

  static RecordSchema.Accepted read(ObjectNode line, Map<String, Object> members) throws LineFault {
    String answers = line.has(ANSWERS) ? ANSWERS : ANSWER;
    if (line.has(ANSWERS)) {
      LineMembers.requireAbsent(
          line, ANSWER, "cannot be combined with answers", "Keep one of the two");
    }
    Expected expected =
        QuestionExpectedReader.expectedOf(
            line.has(answers) ? readAnswers(line.path(answers), answers) : null,
            readPassages(line),
            answers);
    return new RecordSchema.Accepted(
        Input.ofText(QuestionSchema.requireQuestion(line.path(QUESTION))),
        expected,
        LineMembers.metadata(members, COLUMNS));
  }

  private static List<String> readAnswers(JsonNode cell, String at) throws LineFault {
    JsonNode list = at.equals(ANSWERS) ? parseList(cell) : null;
    if (list != null) {
      return ChatExpectedReader.readTexts(list, "answers", at);
    }
    if (cell.isString() && cell.asString().isBlank()) {
      return List.of();
    }
    return ThirdPartyFields.readAnswers(cell, "answers", at);
  }

  private static @Nullable JsonNode parseList(JsonNode cell) throws LineFault {
    if (cell.isArray()) {
      return cell;
    }
    if (!cell.asString("").stripLeading().startsWith("[")) {
      return null;
    }
    try {
      return JsonMapper.shared().readTree(cell.asString());
    } catch (JacksonException e) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          ANSWERS,
          "begins like a JSON list but is not one",
          "Write it as [\"…\",\"…\"], or one answer in the column answer");
    }
  }

  private static List<PassageReference> readPassages(ObjectNode line) throws LineFault {
    String document = optionalCell(line, DOCUMENT, Document.MAX_ID);
    String section = optionalCell(line, SECTION, QuestionExpectedReader.MAX_SECTION);
    if (document != null) {
      return List.of(
          new PassageReference(DocumentFields.requireId(line, DOCUMENT, ""), section, null));
    }
    if (section != null) {
      throw new LineFault(
          RowProblem.Code.MISSING_VALUE,
          DOCUMENT,
          "is empty, though a section is named",
          "Name the document of the section");
    }
    return List.of();
  }

  private static @Nullable String optionalCell(ObjectNode line, String name, int most)
      throws LineFault {
    return QuestionExpectedReader.blankToNull(DocumentFields.optionalText(line, name, most, ""));
  }
}
