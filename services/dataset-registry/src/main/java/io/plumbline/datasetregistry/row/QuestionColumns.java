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

  static boolean are(ObjectNode line) {
    return line.has(QUESTION)
        && !line.has("expected")
        && (line.has(ANSWER) || line.has(ANSWERS) || line.has(DOCUMENT));
  }

  static Schema.Accepted read(ObjectNode line, Map<String, Object> members) throws LineFault {
    String answers = line.has(ANSWERS) ? ANSWERS : ANSWER;
    if (line.has(ANSWERS)) {
      LineMembers.absent(line, ANSWER, "cannot be combined with answers", "Keep one of the two");
    }
    Expected expected =
        QuestionExpected.of(
            line.has(answers) ? answers(line.path(answers), answers) : null,
            passages(line),
            answers);
    return new Schema.Accepted(
        Input.ofText(QuestionSchema.question(line.path(QUESTION))),
        expected,
        LineMembers.metadata(members, COLUMNS));
  }

  private static List<String> answers(JsonNode cell, String at) throws LineFault {
    JsonNode list = at.equals(ANSWERS) ? list(cell) : null;
    if (list != null) {
      return ChatExpected.texts(list, "answers", at);
    }
    if (cell.isString() && cell.asString().isBlank()) {
      return List.of();
    }
    return ExportedFields.answers(cell, "answers", at);
  }

  private static @Nullable JsonNode list(JsonNode cell) throws LineFault {
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

  private static List<PassageReference> passages(ObjectNode line) throws LineFault {
    String document = cell(line, DOCUMENT, Document.MAX_ID);
    String section = cell(line, SECTION, QuestionExpected.MAX_SECTION);
    if (document != null) {
      return List.of(new PassageReference(DocumentFields.id(line, DOCUMENT, ""), section, null));
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

  private static @Nullable String cell(ObjectNode line, String name, int most) throws LineFault {
    return QuestionExpected.given(DocumentFields.optional(line, name, most, ""));
  }
}
