package io.plumbline.evaluation.scorer;

import static io.plumbline.evaluation.answer.Retrieved.documents;
import static io.plumbline.evaluation.answer.Retrieved.ofDocuments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Retrieved;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Golden;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RetrievalScoringTests {

  private static final ScorerType RECALL = ScorerType.RECALL_AT_K;
  private static final ScorerType RANK = ScorerType.RECIPROCAL_RANK;
  private static final ScorerType NDCG = ScorerType.NDCG_AT_K;

  private static double score(ScorerType type, int k, Expected expected, ModelAnswer answer) {
    return Scores.score(Scores.ofRetrieval(type, k), expected, answer).score();
  }

  @Test
  void ndcg_is_that_of_scikit_learn_and_the_others_follow_their_definitions() {
    Map<ScorerType, String> figures =
        Map.of(NDCG, "ndcg", RECALL, "recall", RANK, "reciprocalRank");
    double largest = 0;
    int cases = 0;
    for (JsonNode each : Golden.cases("ranking.json")) {
      Expected expected =
          ofDocuments(
              IntStream.range(0, each.path("references").asInt())
                  .mapToObj(Integer::toString)
                  .toArray(String[]::new));
      ModelAnswer answer =
          documents(
              each.path("has").valueStream().map(has -> has.asInt() + "").toArray(String[]::new));
      int k = each.path("k").asInt();
      for (Map.Entry<ScorerType, String> figure : figures.entrySet()) {
        double deviation =
            score(figure.getKey(), k, expected, answer) - each.path(figure.getValue()).asDouble();
        largest = Math.max(largest, Math.abs(deviation));
      }
      cases++;
    }
    System.out.println("Ranking: largest deviation " + largest + " in " + cases + " cases");
    assertThat(cases).isEqualTo(300);
    assertThat(largest).isLessThan(1e-12);
  }

  @Test
  void a_reference_counts_once_however_many_passages_have_it() {
    ModelAnswer answer = documents("a", "a", "b");
    Expected expected = ofDocuments("a", "b", "c");

    assertThat(score(RECALL, 3, expected, answer)).isEqualTo(2.0 / 3);
    assertThat(score(NDCG, 3, expected, answer))
        .isCloseTo((1 + 0.5) / (1 + 0.5 + 1 / (Math.log(3) / Math.log(2))), within(1e-12));
  }

  @Test
  void what_cannot_be_ranked_better_has_the_full_score_also_where_one_passage_has_all() {
    Expected twoOfOne =
        Retrieved.references(
            new PassageReference("a", "Fees", null), new PassageReference("a", null, "14 days"));
    ModelAnswer answer =
        Retrieved.answer(Retrieved.passage(1, "a", "Fees", "It takes 14 days to pay."));

    for (ScorerType type : List.of(RECALL, RANK, NDCG)) {
      assertThat(score(type, 5, twoOfOne, answer)).isEqualTo(1);
    }
  }

  @Test
  void only_the_first_k_passages_count() {
    ModelAnswer answer = documents("-", "-", "a");

    assertThat(score(RANK, 3, ofDocuments("a"), answer)).isEqualTo(1.0 / 3);
    assertThat(score(RANK, 2, ofDocuments("a"), answer)).isZero();
    assertThat(Scores.score(Scorer.of(RANK), ofDocuments("a"), answer).score()).isEqualTo(1.0 / 3);
  }

  @Test
  void without_retrieval_nothing_was_found() {
    assertThat(
            Scores.score(
                Scores.ofRetrieval(RECALL, 3), ofDocuments("a"), ModelAnswer.ofText("14 days")))
        .isEqualTo(Score.zero("No passages were retrieved."));
  }

  @Test
  void a_question_that_refers_to_no_passage_is_not_scored() {
    Expected unanswerable = Expected.ofAnswers(List.of(), List.of());
    SuiteScorers scorers = SuiteScorers.of(List.of(Scores.ofRetrieval(RECALL, 3)));

    assertThat(scorers.score(unanswerable, documents("a"), Map.of()))
        .isEqualTo(new ItemScores(Map.of(), List.of("recall_at_k")));
    assertThat(scorers.scoresOfUnanswered(unanswerable).notApplicable())
        .containsExactly("recall_at_k");
    assertThat(scorers.scoresOfUnanswered(ofDocuments("a")).notApplicable()).isEmpty();
  }
}
