package io.plumbline.evaluation.run;

import static io.plumbline.evaluation.run.InferenceScript.answer;
import static io.plumbline.evaluation.run.InferenceScript.completion;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.ItemScores;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.scorer.Scores;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the scorers of a run, and when judges are asked. */
class RunScorersTests {

  private static final ModelAnswer ANSWER = ModelAnswer.ofText("Soon.");
  private static final String GOOD = completion("{\"score\": 0.5, \"reason\": \"Vague.\"}");
  private static final String BAD = completion("?");

  private final InferenceScript script = new InferenceScript();
  private final RunScorers scorers =
      new RunScorers(
          SuiteScorers.of(
              List.of(
                  Scorer.of(ScorerType.EXACT), Scores.judge("clarity", Digest.ofText("judge")))),
          new JudgeCaller(script.inference(), InferenceScript.JSON),
          new EncoderCaller(script.inference()));

  private static Question question(Perturbation perturbation) {
    return new Question(
        new SuiteItem(0, "i", perturbation, null, Digest.ofText("i")),
        Input.ofText("How long?"),
        new Expected(null, List.of("14 days"), null, null),
        Map.of(),
        Digest.ofText("request"));
  }

  @Test
  void a_judge_is_asked_about_the_answer_beside_the_other_scorers() {
    script.reply(answer(GOOD));

    RunScorers.Scored scored = scorers.score(question(Perturbation.NONE), ANSWER);

    assertThat(scored.scores().scores())
        .containsExactly(
            Map.entry("exact_match", new Score(0, "The answer does not equal the reference.")),
            Map.entry("clarity", new Score(0.5, "Vague.")));
    assertThat(scored.judged()).containsOnlyKeys("clarity");
    assertThat(scored.replies()).containsOnlyKeys("clarity");
    assertThat(script.lastRequest().at("/messages/0/content").asString())
        .contains("\"references\":[\"14 days\"]", "\"content\":\"Soon.\"");
  }

  @Test
  void no_judge_is_asked_about_a_perturbed_item() {
    RunScorers.Scored scored = scorers.score(question(Perturbation.LOWER_CASE), ANSWER);

    assertThat(scored.scores().scores()).containsOnlyKeys("exact_match");
    assertThat(script.calls()).isZero();
  }

  @Test
  void a_judge_of_answerable_items_is_not_asked_about_an_answer_to_another() {
    RunScorers answerable =
        new RunScorers(
            SuiteScorers.of(
                List.of(Scores.answerable(Scores.judge("clarity", Digest.ofText("judge"))))),
            new JudgeCaller(script.inference(), InferenceScript.JSON),
            new EncoderCaller(script.inference()));
    Question unanswerable =
        new Question(
            new SuiteItem(0, "i", Perturbation.NONE, null, Digest.ofText("i")),
            Input.ofText("How long?"),
            Expected.ofAnswers(List.of(), List.of()),
            Map.of(),
            Digest.ofText("request"));

    assertThat(answerable.score(unanswerable, ANSWER))
        .isEqualTo(
            new RunScorers.Scored(
                new ItemScores(Map.of(), List.of("judge_answerable")), Map.of(), Map.of()));
    assertThat(script.calls()).isZero();
  }

  @Test
  void a_judge_that_gave_no_score_is_asked_about_further_items_once_each() {
    script.reply(answer(BAD));
    RunScorers.Scored first = scorers.score(question(Perturbation.NONE), ANSWER);
    RunScorers.Scored second = scorers.score(question(Perturbation.NONE), ANSWER);
    assertThat(script.calls()).isEqualTo(JudgeCaller.REPLIES + 1);
    assertThat(first.scores().scores()).containsOnlyKeys("exact_match");
    assertThat(second.judged().values())
        .extracting(JudgeCall::failure)
        .containsExactly("its reply is not JSON");

    script.clear();
    script.reply(answer(GOOD));
    assertThat(scorers.score(question(Perturbation.NONE), ANSWER).scores().scores())
        .containsKey("clarity");
  }

  @Test
  void the_encoder_is_asked_for_what_is_compared_by_embeddings() {
    RunScorers similar =
        new RunScorers(
            SuiteScorers.of(List.of(Scorer.of(ScorerType.EMBEDDING_SIMILARITY))),
            new JudgeCaller(script.inference(), InferenceScript.JSON),
            new EncoderCaller(script.inference()));
    script.reply(
        answer(
            "{\"data\": [{\"index\": 0, \"embedding\": [3, 4]}, {\"index\": 1, \"embedding\":"
                + " [1, 0]}]}"));

    RunScorers.Scored scored = similar.score(question(Perturbation.NONE), ANSWER);

    Score expected = new Score(0.6, "The cosine with the nearest of the answers expected.");
    assertThat(scored.scores().scores()).isEqualTo(Map.of("embedding_similarity", expected));
    assertThat(scored.replies())
        .isEqualTo(Map.of("embedding_similarity", Output.ofScore(expected)));
    assertThat(scored.judged().values())
        .extracting(JudgeCall::replyDigest)
        .containsExactly(Output.ofScore(expected).digest());
  }
}
