package io.plumbline.evaluation.scorer;

import static io.plumbline.evaluation.scorer.Scores.call;
import static io.plumbline.evaluation.scorer.Scores.contains;
import static io.plumbline.evaluation.scorer.Scores.fields;
import static io.plumbline.evaluation.scorer.Scores.numeric;
import static io.plumbline.evaluation.scorer.Scores.regex;
import static io.plumbline.evaluation.scorer.Scores.schema;
import static io.plumbline.evaluation.scorer.Scores.toolCalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import io.plumbline.evaluation.answer.Retrieved;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.body.StorableText;
import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that every scorer soon gives every output a score with a reason that can be stored. */
class HostileOutputTests {

  private static final Expected EXPECTED =
      new Expected(
          "spam",
          List.of("{\"a\": {\"b\": 1e3}, \"c\": [1, 2]}", "42"),
          null,
          List.of(call("refund", "{\"order\": 7}")));

  private static final List<Scorer> SCORERS =
      List.of(
          Scorer.of(ScorerType.LABEL),
          Scorer.of(ScorerType.EXACT),
          Scorer.of(ScorerType.NORMALISED),
          contains(Match.ALL, "a".repeat(199) + "b"),
          regex("(a*)*(a|aa)+b$"),
          numeric(Position.FIRST, 0.5, 0.1),
          schema(
              """
              {"type": "object", "additionalProperties": {"type": ["array", "object", "string"], "uniqueItems": true},
               "minProperties": 1}
              """),
          fields("/a/b", "/c/0", "/c/99999999999", "/~0~1"),
          toolCalls(true),
          Scorer.of(ScorerType.TOKEN_F1),
          Scorer.of(ScorerType.SQUAD_EXACT));

  static Stream<String> texts() {
    return Stream.of(
        "",
        " ",
        "\0",
        "\ud83d",
        "\udc00\ud83d",
        "null",
        "{\"label\": \"\\u0000\"}",
        "{\"a\": {\"b\": 1e999999999}, \"c\": [1E-999999999]}",
        "{\"a\": {\"b\": 1" + "0".repeat(50_000) + "}}",
        "1e" + "9".repeat(50_000),
        "[".repeat(90_000),
        "{\"a\":".repeat(16_000),
        "[" + "1,".repeat(40_000) + "1]",
        "{\"x\": [" + "[],".repeat(30_000) + "[]]}",
        "a".repeat(100_000),
        "a".repeat(1_000_000),
        ",1".repeat(50_000),
        "1,111".repeat(20_000),
        "-".repeat(99_999) + "1",
        "\u0130\u1e9e\ufdfa".repeat(30_000),
        "{\"label\": \"" + "\\ud83d".repeat(1_000) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void an_output_is_scored_soon_and_with_a_reason_that_can_be_stored(String text) {
    check(ModelMessage.ofText(text));
    check(new ModelMessage(null, List.of(new Call("refund", text), new Call(text, "{}"))));
  }

  private static void check(ModelMessage message) {
    for (Scorer scorer : SCORERS) {
      Score score =
          Assertions.assertTimeout(
              Duration.ofSeconds(60), () -> Scores.score(scorer, EXPECTED, message));
      assertThat(score.reason()).isNotBlank().hasSizeLessThanOrEqualTo(Score.MAX_CHARACTERS);
      assertThat(StorableText.flaw(score.reason())).isEmpty();
    }
  }

  /** The text is used as text, quote and headings of passages that were retrieved and cited. */
  @ParameterizedTest
  @MethodSource("texts")
  void passages_are_compared_soon_whatever_they_say(String text) {
    Expected expected =
        Retrieved.references(
            new PassageReference("a", text, null), new PassageReference("a", null, text));
    ModelAnswer answer =
        Retrieved.citing(
            Retrieved.answer(
                Retrieved.passage(1, "a", text, text), Retrieved.passage(2, "a", "", text + ".")),
            1,
            2);
    for (Scorer scorer :
        List.of(
            Scores.ofRetrieval(ScorerType.NDCG_AT_K, 5),
            Scorer.of(ScorerType.CITATION_PRECISION),
            Scorer.of(ScorerType.CITATION_RECALL))) {
      assertThat(
              Assertions.assertTimeout(
                      Duration.ofSeconds(60), () -> Scores.score(scorer, expected, answer))
                  .score())
          .isEqualTo(1);
    }
  }

  @Test
  void no_answer_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(64, HostileAnswers.class);
  }

  @Test
  void random_outputs_are_scored() {
    String alphabet = "{}[]\":,.0123456789eE+-−'_ \\u\u00a0ab\ud83d\udc00\0\n";
    SplittableRandom random = new SplittableRandom(33);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      for (int c = 0; c < length; c++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThatNoException()
          .as(text.toString())
          .isThrownBy(() -> check(ModelMessage.ofText(text.toString())));
    }
  }

  @Test
  void a_long_answer_is_wrong_and_says_why() {
    assertThat(Scores.score(SCORERS.get(1), EXPECTED, "x".repeat(100_001)).reason())
        .isEqualTo("The answer has 100,001 characters, and scorers read at most 100,000.");
  }

  @Test
  void a_tool_call_without_a_text_has_no_text_to_score() {
    ModelMessage call = new ModelMessage(null, List.of(new Call("refund", "{}")));
    assertThat(Scores.score(SCORERS.get(2), EXPECTED, call))
        .isEqualTo(new Score(0, "The answer is a tool call without a text."));
  }
}
