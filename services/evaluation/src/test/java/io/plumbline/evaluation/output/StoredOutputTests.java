package io.plumbline.evaluation.output;

import static io.plumbline.evaluation.output.JudgedItems.ANSWER;
import static io.plumbline.evaluation.output.JudgedItems.JUDGE;
import static io.plumbline.evaluation.output.JudgedItems.REPLY;
import static io.plumbline.evaluation.output.JudgedItems.call;
import static io.plumbline.evaluation.output.JudgedItems.completion;
import static io.plumbline.evaluation.output.JudgedItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.scorer.ItemScores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Tests that an item is scored again from its stored output and its judges' replies. */
class StoredOutputTests {

  private static StoredOutput kept(
      JudgeCall call, @Nullable Output output, Map<String, Output> replies) {
    return new StoredOutput(item(call, Map.of()), output, replies, JsonMapper.shared());
  }

  private static Observation again(StoredOutput kept) {
    return kept.rescore((itemId, answer, judged) -> new ItemScores(judged, List.of()));
  }

  @Test
  void a_kept_reply_gives_its_score_again() {
    StoredOutput kept = kept(call(REPLY, null, 1, "0.1", false), ANSWER, Map.of(JUDGE, REPLY));

    assertThat(kept.isUnaltered()).isTrue();
    assertThat(again(kept).scores()).isEqualTo(Map.of(JUDGE, 0.75));
    assertThat(again(kept).unscored()).isEmpty();
  }

  /** The stored reply of an encoder is the score alone, without a completion around it. */
  @Test
  void so_does_what_an_encoder_gave() {
    Output given = Output.ofScore(new Score(0.1 + 0.2, "2 of 7 sentences are near."));
    StoredOutput kept = kept(call(given, null, 2, "0", false), ANSWER, Map.of(JUDGE, given));

    assertThat(kept.isUnaltered()).isTrue();
    assertThat(again(kept).scores()).isEqualTo(Map.of(JUDGE, 0.1 + 0.2));
  }

  @Test
  void a_kept_reply_that_was_no_score_is_none_again() {
    Output reply = completion("I like it.");
    StoredOutput kept =
        kept(call(reply, "as it was read", 3, "0.1", false), ANSWER, Map.of(JUDGE, reply));

    assertThat(kept.isUnaltered()).isTrue();
    assertThat(again(kept).unscored()).isEqualTo(Map.of(JUDGE, "its reply is not JSON"));
  }

  @Test
  void without_a_reply_the_cause_is_the_one_that_was_kept() {
    StoredOutput kept = kept(call(null, "it was not available", 0, "0", false), ANSWER, Map.of());

    assertThat(kept.isUnaltered()).isTrue();
    assertThat(again(kept).unscored()).isEqualTo(Map.of(JUDGE, "it was not available"));
  }

  @Test
  void what_was_changed_or_taken_away_is_not_whole_and_gives_nothing() {
    JudgeCall call = call(REPLY, null, 1, "0.1", false);
    Output other = completion("{\"score\": 1, \"reason\": \"Perfect.\"}");

    for (Map<String, Output> replies :
        List.<Map<String, Output>>of(Map.of(JUDGE, other), Map.of())) {
      StoredOutput kept = kept(call, ANSWER, replies);
      assertThat(kept.isUnaltered()).isFalse();
      assertThat(again(kept).scores()).isEmpty();
      assertThat(again(kept).unscored())
          .isEqualTo(Map.of(JUDGE, "its reply is not the one that was kept"));
    }
    assertThat(kept(call, other, Map.of(JUDGE, REPLY)).isUnaltered()).isFalse();
    assertThat(kept(call, null, Map.of(JUDGE, REPLY)).isUnaltered()).isFalse();
  }
}
