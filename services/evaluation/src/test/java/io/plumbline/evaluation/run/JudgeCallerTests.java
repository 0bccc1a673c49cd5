package io.plumbline.evaluation.run;

import static io.plumbline.evaluation.run.InferenceScript.answer;
import static io.plumbline.evaluation.run.InferenceScript.completion;
import static io.plumbline.evaluation.run.InferenceScript.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.platform.digest.CanonicalJson;
import java.math.BigDecimal;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;

/** Tests how replies of a judge are read, and what happens without one. */
class JudgeCallerTests {

  private static final Digest JUDGE = Digest.ofText("judge");
  private static final String REPLY = completion("{\"score\": 0.75, \"reason\": \"Clear.\"}");
  private static final String NONE = completion("I like it.");

  private final InferenceScript script = new InferenceScript();

  private JudgeCaller.Judged ask(boolean retrying) {
    return new JudgeCaller(script.inference(), InferenceScript.JSON)
        .askJudge(JUDGE, "{\"answer\":{}}", retrying);
  }

  @Test
  void it_is_asked_as_a_variant_and_its_reply_is_kept_with_what_it_cost() {
    script.reply(answer(REPLY));

    JudgeCaller.Judged judged = ask(true);

    Map<String, ?> request =
        Map.of(
            "model",
            "variant/" + JUDGE,
            "messages",
            List.of(Map.of("role", "user", "content", "{\"answer\":{}}")));
    assertThat(script.lastRequest()).isEqualTo(InferenceScript.JSON.valueToTree(request));
    assertThat(judged.score()).contains(new Score(0.75, "Clear."));
    assertThat(judged.reply()).contains(new Output(REPLY));
    assertThat(judged.call())
        .isEqualTo(
            new JudgeCall(
                CanonicalJson.digest(request),
                Digest.ofText(REPLY),
                null,
                null,
                1,
                40,
                9,
                new BigDecimal("0.000012"),
                "4bf92f3577b34da6",
                false));
  }

  @Test
  void a_reply_that_is_no_score_is_asked_for_again_and_every_one_is_paid() {
    script.reply(answer(NONE));
    script.reply(answer(REPLY));

    JudgeCaller.Judged judged = ask(true);

    assertThat(judged.score()).isPresent();
    assertThat(judged.call().replies()).isEqualTo(2);
    assertThat(judged.call().promptTokens()).isEqualTo(80);
    assertThat(judged.call().costUsd()).isEqualTo(new BigDecimal("0.000024"));
  }

  @Test
  void after_three_replies_without_a_score_there_is_none_and_the_last_is_kept() {
    script.reply(answer(NONE));

    JudgeCaller.Judged judged = ask(true);

    assertThat(script.calls()).isEqualTo(3);
    assertThat(judged.score()).isEmpty();
    assertThat(judged.call().failure()).isEqualTo("its reply is not JSON");
    assertThat(judged.call().detail()).isNull();
    assertThat(judged.call().replyDigest()).isEqualTo(Digest.ofText(NONE));
    assertThat(judged.reply()).contains(new Output(NONE));
  }

  @Test
  void one_that_is_not_available_is_asked_as_often_as_a_judged_variant() {
    script.reply(error(HttpStatus.SERVICE_UNAVAILABLE, "{\"error\":{\"message\":\"gone\"}}"));

    JudgeCaller.Judged judged = ask(true);

    assertThat(script.calls()).isEqualTo(InferenceScript.SETTINGS.maxAttempts());
    assertThat(judged.score()).isEmpty();
    assertThat(judged.reply()).isEmpty();
    assertThat(judged.call().failure()).isEqualTo("it was not available");
    assertThat(judged.call().detail()).isEqualTo("503 gone");
    assertThat(judged.call().costUsd()).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void one_that_is_late_or_refuses_says_so_in_words_that_quote_nothing() {
    script.reply(() -> {
      throw new ResourceAccessException("I/O", new HttpTimeoutException("Request timed out"));
    });
    script.reply(error(HttpStatus.BAD_REQUEST, "{\"error\":{\"message\":\"too long: \0secret\"}}"));

    JudgeCall call = ask(true).call();

    assertThat(script.calls()).isEqualTo(JudgeCaller.REPLIES);
    assertThat(call.failure())
        .isEqualTo("it gave no answer, or not in time, or not in its response format");
    assertThat(call.detail()).startsWith("400 ").doesNotContain("\0");
  }

  @Test
  void without_patience_it_is_asked_once() {
    script.reply(answer(NONE));
    assertThat(ask(false).score()).isEmpty();
    script.clear();
    script.reply(error(HttpStatus.SERVICE_UNAVAILABLE, "gone"));
    assertThat(ask(false).score()).isEmpty();
    assertThat(script.calls()).isEqualTo(2);
  }

  @Test
  void a_reply_without_a_price_makes_the_cost_unknown() {
    script.reply(() -> ResponseEntity.ok().body(NONE.getBytes(StandardCharsets.UTF_8)));
    script.reply(answer(REPLY));

    assertThat(ask(true).call().costUsd()).isNull();
  }

  @Test
  void a_reply_that_is_too_long_is_not_kept() {
    script.reply(answer(REPLY + " ".repeat(JudgeCaller.LONGEST_KEPT)));

    JudgeCaller.Judged judged = ask(false);

    assertThat(judged.reply()).isEmpty();
    assertThat(judged.call().replyDigest()).isNull();
    assertThat(judged.call().failure()).isEqualTo("its reply is longer than what is kept of one");
  }
}
