package io.plumbline.evaluation.scorer;

import static io.plumbline.evaluation.answer.Retrieved.citing;
import static io.plumbline.evaluation.answer.Retrieved.documents;
import static io.plumbline.evaluation.answer.Retrieved.ofDocuments;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Retrieved;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CitationScoringTests {

  private static List<Double> scores(Expected expected, ModelAnswer answer) {
    return List.of(
        Scores.score(Scorer.of(ScorerType.CITATION_PRECISION), expected, answer).score(),
        Scores.score(Scorer.of(ScorerType.CITATION_RECALL), expected, answer).score());
  }

  @Test
  void what_is_cited_is_held_against_what_the_item_refers_to() {
    ModelAnswer answer = documents("a", "b", "-", "c");

    assertThat(scores(ofDocuments("a", "b", "c"), citing(answer, 1, 3)))
        .containsExactly(0.5, 1.0 / 3);
    assertThat(scores(ofDocuments("a"), citing(answer, 1))).containsExactly(1.0, 1.0);
  }

  @Test
  void a_passage_that_is_cited_twice_counts_once() {
    assertThat(scores(ofDocuments("a"), citing(documents("a", "-"), 1, 1, 2)))
        .containsExactly(0.5, 1.0);
  }

  @Test
  void who_cites_nothing_has_neither() {
    assertThat(scores(ofDocuments("a"), documents("a"))).containsExactly(0.0, 0.0);
  }

  /** A cited passage that is not among the retrieved ones has no text. */
  @Test
  void a_quote_is_looked_for_in_what_was_retrieved() {
    Expected quote = Retrieved.references(new PassageReference("a", null, "14 days"));
    ModelAnswer retrieved =
        citing(Retrieved.answer(Retrieved.passage(1, "a", "", "It takes 14 days.")), 1);
    ModelAnswer without =
        new ModelAnswer(retrieved.message(), retrieved.citations(), false, null, List.of());

    assertThat(scores(quote, retrieved)).containsExactly(1.0, 1.0);
    assertThat(scores(quote, without)).containsExactly(0.0, 0.0);
    assertThat(scores(ofDocuments("a"), without)).containsExactly(1.0, 1.0);
  }

  @Test
  void citations_confidence_and_passages_are_read_from_a_completion() {
    JsonNode completion =
        JsonMapper.shared()
            .readTree(
                """
                {"choices": [{"message": {"role": "assistant", "content": "14 days [2]", "annotations": [
                   {"type": "url_citation", "url_citation": {"start_index": 8, "end_index": 11, "url": "document:a",
                    "title": "A"}, "passage": {"number": 2, "passageId": "p2", "documentId": "a", "section": "Fees",
                    "start": 0, "end": 4}},
                   {"type": "url_citation", "url_citation": {"url": "https://example.org"}}]}}],
                 "plumbline": {"abstained": false, "confidence": 0.75, "passages": [
                   {"number": 2, "passageId": "p2", "documentId": "a", "title": "A", "section": "Fees", "score": 1,
                    "text": "14 days", "start": 0, "end": 7},
                   {"number": 1, "passageId": "p1", "documentId": "b", "title": "B", "section": "", "text": "?"}]}}
                """);

    assertThat(ModelAnswer.ofCompletion(completion))
        .contains(
            new ModelAnswer(
                ModelMessage.ofText("14 days [2]"),
                List.of(new ModelAnswer.Citation(2, "p2", "a", "Fees")),
                false,
                0.75,
                List.of(
                    new ModelAnswer.Passage(1, "p1", "b", "", "?"),
                    new ModelAnswer.Passage(2, "p2", "a", "Fees", "14 days"))));
  }

  @Test
  void a_confidence_that_is_none_is_not_taken_for_one() {
    JsonNode completion =
        JsonMapper.shared()
            .readTree(
                "{\"choices\": [{\"message\": {\"content\": \"?\"}}], \"plumbline\":"
                    + " {\"confidence\": 1.5}}");

    assertThat(ModelAnswer.ofCompletion(completion)).contains(ModelAnswer.ofText("?"));
  }
}
