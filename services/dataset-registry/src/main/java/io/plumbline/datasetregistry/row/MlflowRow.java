package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.PassageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads records of MLflow 3 evaluation datasets: {@code inputs} and {@code expectations}. The
 * evaluation dataset reference reserves these expectations: {@code expected_response}, {@code
 * expected_facts}, {@code guidelines} and {@code expected_retrieved_context}. Other expectations
 * and other members become metadata.
 */
final class MlflowRow {

  private static final String INPUTS = "inputs";
  private static final String EXPECTATIONS = "expectations";
  private static final String RESPONSE = "expected_response";
  private static final String CONTEXT = "expected_retrieved_context";
  private static final List<String> RUBRICS = List.of("expected_facts", "guidelines");

  private MlflowRow() {}

  static boolean matches(ObjectNode line) {
    return line.has(INPUTS);
  }

  /**
   * Reads a conversation. What is expected and the guidelines become its rubric, because judges
   * check them.
   */
  static RecordSchema.Accepted readConversation(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    JsonNode expectations = readExpectations(line);
    List<String> references =
        Objects.requireNonNullElse(readAnswers(expectations, "references"), List.of());
    Expected expected = new Expected(null, references, readRubric(expectations), null);
    return read(
        ThirdPartyFields.readInput(line.path(INPUTS), INPUTS),
        members,
        expected,
        Set.of(RESPONSE, RUBRICS.get(0), RUBRICS.get(1)));
  }

  static RecordSchema.Accepted readQuestion(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    JsonNode expectations = readExpectations(line);
    List<String> answers = readAnswers(expectations, "answers");
    Expected expected =
        QuestionExpectedReader.expectedOf(
            answers, readPassages(expectations.path(CONTEXT)), expectationPath(RESPONSE));
    return read(
        ThirdPartyFields.readQuestion(line.path(INPUTS), QuestionSchema.QUESTION, INPUTS),
        members,
        expected,
        Set.of(RESPONSE, CONTEXT));
  }

  private static @Nullable List<String> readAnswers(JsonNode expectations, String what)
      throws LineFault {
    if (!expectations.has(RESPONSE)) {
      return null;
    }
    return ThirdPartyFields.readAnswers(
        expectations.path(RESPONSE), what, expectationPath(RESPONSE));
  }

  private static RecordSchema.Accepted read(
      Input input, Map<String, Object> members, Expected expected, Set<String> known)
      throws LineFault {
    Map<String, Object> metadata = LineMembers.metadata(members, Set.of(INPUTS, EXPECTATIONS));
    if (members.get(EXPECTATIONS) instanceof Map<?, ?> all) {
      Map<String, Object> others = new LinkedHashMap<>();
      all.forEach((name, value) -> {
        if (value != null && !known.contains(String.valueOf(name))) {
          others.put(String.valueOf(name), value);
        }
      });
      if (!others.isEmpty()) {
        LineMembers.putOnce(metadata, EXPECTATIONS, others);
      }
    }
    return new RecordSchema.Accepted(input, expected, metadata);
  }

  private static JsonNode readExpectations(ObjectNode line) throws LineFault {
    JsonNode expectations = line.path(EXPECTATIONS);
    if (!expectations.isMissingNode() && !expectations.isObject()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          EXPECTATIONS,
          "is not an object",
          "Write it as {\"expected_response\":\"…\"}");
    }
    return expectations;
  }

  private static @Nullable String readRubric(JsonNode expectations) throws LineFault {
    List<String> lines = new ArrayList<>();
    for (String name : RUBRICS) {
      JsonNode expectation = expectations.path(name);
      if (!expectation.isMissingNode() && !expectation.isNull()) {
        lines.addAll(ThirdPartyFields.readAnswers(expectation, name, expectationPath(name)));
      }
    }
    String rubric = String.join("\n", lines);
    if (rubric.length() > ChatExpectedReader.MAX_RUBRIC) {
      throw new LineFault(
          RowProblem.Code.TOO_LARGE,
          EXPECTATIONS,
          "has expected_facts and guidelines of more than %,d characters"
              .formatted(ChatExpectedReader.MAX_RUBRIC),
          "Shorten them");
    }
    return rubric.isEmpty() ? null : rubric;
  }

  private static List<PassageReference> readPassages(JsonNode context) throws LineFault {
    JsonNode list =
        ChatExpectedReader.requireList(
            context, expectationPath(CONTEXT), "Write it as [{\"doc_uri\":\"…\"}]");
    ChatFields.requireAtMost(
        list.size(), QuestionExpectedReader.MAX_PASSAGES, "documents", expectationPath(CONTEXT));
    List<PassageReference> passages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = "%s[%d]".formatted(expectationPath(CONTEXT), i);
      if (!list.get(i).isObject()) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            at,
            "is not an object",
            "Write it as {\"doc_uri\":\"…\",\"content\":\"…\"}");
      }
      ChatFields.requireKnownMembers(list.get(i), Set.of("doc_uri", "content"), at);
      passages.add(
          new PassageReference(
              DocumentFields.requireId(list.get(i), "doc_uri", at),
              null,
              QuestionExpectedReader.blankToNull(
                  DocumentFields.optionalText(
                      list.get(i), "content", QuestionExpectedReader.MAX_QUOTE, at))));
    }
    return passages;
  }

  private static String expectationPath(String name) {
    return EXPECTATIONS + "." + name;
  }
}
