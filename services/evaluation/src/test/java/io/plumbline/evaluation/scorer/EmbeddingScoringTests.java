package io.plumbline.evaluation.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Retrieved;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.EmbeddingScoring.Groundedness;
import io.plumbline.evaluation.scorer.EmbeddingScoring.Similarity;
import io.plumbline.evaluation.scorer.EmbeddingScoring.Texts;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingScoringTests {

  private static final Expected ANSWERED = Expected.ofAnswers(List.of("14 days", " "), List.of());
  private static final Expected UNANSWERABLE = Expected.ofAnswers(List.of(), List.of());

  private static ModelAnswer answer(String text) {
    return new ModelAnswer(
        ModelMessage.ofText(text),
        List.of(),
        false,
        null,
        List.of(
            Retrieved.passage(1, "a", "", "# Fees\nPay in 14 days. Later it costs more."),
            Retrieved.passage(2, "b", "", "---\nOther.")));
  }

  private static final ModelAnswer ABSTAINING =
      new ModelAnswer(ModelMessage.ofText("No idea."), List.of(), true, 0.1, List.of());

  @Test
  void sentences_of_an_answer_are_compared_with_those_of_the_passages() {
    assertThat(new Groundedness(0.8).textsToEmbed(ANSWERED, answer("You pay. In 14 days [1]! [2]")))
        .isEqualTo(
            new Texts(
                List.of("You pay.", "In 14 days!"),
                List.of("# Fees", "Pay in 14 days.", "Later it costs more.", "Other.")));
  }

  @Test
  void the_share_of_sentences_at_the_threshold_is_grounded() {
    Texts texts = new Texts(List.of("One.", "Two.", "Three."), List.of("x"));

    assertThat(new Groundedness(0.8).score(texts, new double[] {0.8, 0.79, 0.9}))
        .isEqualTo(
            new Score(2.0 / 3, "2 of 3 sentences are near to one of the passages; not “Two.”."));
    assertThat(new Groundedness(0.8).score(texts, new double[] {1, 1, 1}).score()).isEqualTo(1);
  }

  @Test
  void what_needs_no_embedding_is_scored_without() {
    Groundedness groundedness = new Groundedness(0.8);
    ModelAnswer long_ = answer("One. ".repeat(EmbeddingScoring.MAX_SENTENCES + 1));

    assertThat(
            groundedness.scoreWithoutEmbeddings(ANSWERED, ModelAnswer.ofText("It takes 14 days.")))
        .contains(Score.zero("No passages were retrieved."));
    assertThat(groundedness.scoreWithoutEmbeddings(ANSWERED, answer("[1] ?!")))
        .contains(Score.zero("The answer has no sentence."));
    assertThat(groundedness.scoreWithoutEmbeddings(ANSWERED, long_))
        .contains(Score.zero("The answer has more than 100 sentences."));
    assertThat(
            groundedness.scoreWithoutEmbeddings(
                ANSWERED, answer("Later it costs more. [1] Other. [2]")))
        .contains(new Score(1, "2 of 2 sentences are near to one of the passages."));
    assertThat(groundedness.scoreWithoutEmbeddings(ANSWERED, answer("Later it costs more. Much.")))
        .isEmpty();
    assertThat(new Similarity().scoreWithoutEmbeddings(ANSWERED, ABSTAINING))
        .contains(Score.zero("No answer was given."));
  }

  @Test
  void who_abstains_says_nothing_that_could_be_grounded() {
    SuiteScorers scorers =
        SuiteScorers.of(
            List.of(Scores.groundedness(0.8), Scorer.of(ScorerType.EMBEDDING_SIMILARITY)));

    assertThat(scorers.score(ANSWERED, ABSTAINING, Map.of()))
        .isEqualTo(
            new ItemScores(
                Map.of("embedding_similarity", Score.zero("No answer was given.")), List.of("it")));
    assertThat(scorers.textsToEmbed(ANSWERED, ABSTAINING)).isEmpty();
    assertThat(scorers.textsToEmbed(UNANSWERABLE, answer("14 days."))).containsOnlyKeys("it");
  }

  @Test
  void similarity_is_to_the_nearest_answer_and_never_below_nothing() {
    Similarity similarity = new Similarity();

    assertThat(similarity.applies(UNANSWERABLE)).isFalse();
    assertThat(similarity.textsToEmbed(ANSWERED, answer("Two weeks.")))
        .isEqualTo(new Texts(List.of("Two weeks."), List.of("14 days")));
    assertThat(similarity.score(new Texts(List.of("a"), List.of("b")), new double[] {-0.2}).score())
        .isZero();
    assertThat(
            similarity
                .score(new Texts(List.of("a"), List.of("b")), new double[] {1.0000001})
                .score())
        .isEqualTo(1);
  }

  @Test
  void what_the_encoder_gave_stands_as_what_a_judge_gave() {
    SuiteScorers scorers = SuiteScorers.of(List.of(Scores.groundedness(0.8)));
    Score given = new Score(0.5, "Half.");

    assertThat(scorers.score(ANSWERED, answer("It takes 14 days."), Map.of("it", given)).scores())
        .isEqualTo(Map.of("it", given));
    assertThat(scorers.score(ANSWERED, answer("It takes 14 days."), Map.of()).scores()).isEmpty();
  }
}
