package io.plumbline.evaluation.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Golden;
import io.plumbline.items.Expected;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SquadScoringTests {

  private static final Scorer EXACT = Scorer.of(ScorerType.SQUAD_EXACT);
  private static final Scorer F1 = Scorer.of(ScorerType.TOKEN_F1);

  private static Expected answers(String... answers) {
    return Expected.ofAnswers(List.of(answers), List.of());
  }

  private static double f1(Expected expected, String answer) {
    return Scores.score(F1, expected, answer).score();
  }

  private static double exact(Expected expected, String answer) {
    return Scores.score(EXACT, expected, answer).score();
  }

  private static ModelAnswer abstaining(String text) {
    return new ModelAnswer(ModelMessage.ofText(text), List.of(), true, 0.2, List.of());
  }

  @Test
  void scores_are_those_of_the_evaluation_script_of_squad() {
    double largest = 0;
    int cases = 0;
    for (JsonNode each : Golden.cases("squad.json")) {
      Expected expected =
          answers(
              each.path("answers").valueStream().map(JsonNode::asString).toArray(String[]::new));
      String prediction = each.path("prediction").asString();
      largest = Math.max(largest, Math.abs(f1(expected, prediction) - each.path("f1").asDouble()));
      largest =
          Math.max(largest, Math.abs(exact(expected, prediction) - each.path("exact").asDouble()));
      cases++;
    }
    System.out.println("SQuAD: largest deviation " + largest + " in " + cases + " cases");
    assertThat(cases).isEqualTo(600);
    assertThat(largest).isLessThan(1e-12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "14 days [1]",
        "“14 days” [1][2]",
        "\"14 days\" [12].",
        "«14 Days»",
        "the 14 days",
      })
  void marks_of_citation_and_quotation_are_no_part_of_an_answer(String answer) {
    assertThat(exact(answers("14 days"), answer)).isEqualTo(1);
    assertThat(f1(answers("14 days"), answer)).isEqualTo(1);
  }

  @Test
  void who_abstains_is_right_only_where_there_is_no_answer() {
    for (Scorer scorer : List.of(EXACT, F1)) {
      assertThat(Scores.score(scorer, answers(), abstaining("I do not know.")).score())
          .isEqualTo(1);
      assertThat(Scores.score(scorer, answers("I do not know"), abstaining("I do not know.")))
          .extracting(Score::score)
          .isEqualTo(0.0);
      assertThat(Scores.score(scorer, answers(), "14 days").score()).isZero();
      assertThat(Scores.score(scorer, answers(), " ").score()).isEqualTo(1);
    }
  }

  @Test
  void
      over_answerable_items_who_abstains_scores_nothing_and_one_without_an_answer_does_not_count() {
    Scorer answerable = Scores.answerable(F1);
    SuiteScorers scorers = SuiteScorers.of(List.of(F1, answerable));

    assertThat(values(scorers.score(answers("14 days"), abstaining("?"), Map.of())))
        .isEqualTo(Map.of("token_f1", 0.0, "token_f1_answerable", 0.0));
    ItemScores unanswerable = scorers.score(answers(), abstaining("?"), Map.of());
    assertThat(values(unanswerable)).isEqualTo(Map.of("token_f1", 1.0));
    assertThat(unanswerable.notApplicable()).containsExactly("token_f1_answerable");
    assertThat(scorers.scoresOfUnanswered(answers()).notApplicable())
        .containsExactly("token_f1_answerable");
  }

  private static Map<String, Double> values(ItemScores scores) {
    Map<String, Double> values = new HashMap<>();
    scores.scores().forEach((name, score) -> values.put(name, score.score()));
    return values;
  }

  @Test
  void a_tool_call_without_a_text_answers_nothing() {
    ModelMessage call = new ModelMessage(null, List.of(new ModelMessage.Call("search", "{}")));
    assertThat(Scores.score(F1, answers("14 days"), call).score()).isZero();
  }

  @Test
  void the_nearest_answer_counts_and_a_conversation_has_references_instead() {
    assertThat(f1(answers("two weeks", "14 days or so"), "14 days")).isEqualTo(2.0 * 2 / 6);
    assertThat(exact(Scores.references("two weeks"), "Two weeks!")).isEqualTo(1);
  }

  @Test
  void letters_that_become_longer_are_compared_soon() {
    String letters = "\u0130".repeat(100_000);
    assertTimeout(
        Duration.ofSeconds(60), () -> assertThat(f1(answers(letters), letters)).isEqualTo(1));
    assertThat(exact(answers("\u0130stanbul"), "i\u0307stanbul")).isEqualTo(1);
  }

  @Test
  void a_reason_quotes_nothing_of_what_was_expected() {
    assertThat(
            Stream.of(answers("secret"), answers())
                .flatMap(expected ->
                    Stream.of(EXACT, F1).map(s -> Scores.score(s, expected, "14 days").reason())))
        .noneMatch(reason -> reason.contains("secret"));
  }
}
