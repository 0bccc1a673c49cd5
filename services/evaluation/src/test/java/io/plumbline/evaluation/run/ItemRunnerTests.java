package io.plumbline.evaluation.run;

import static io.plumbline.evaluation.run.InferenceScript.answer;
import static io.plumbline.evaluation.run.InferenceScript.error;
import static io.plumbline.evaluation.run.InferenceScript.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.scorer.Scores;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.math.BigDecimal;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

/** Tests how answers and failures of inference become items of a run. */
class ItemRunnerTests {

  private static final Question QUESTION =
      new Question(
          new SuiteItem(3, "i3", Perturbation.NONE, "spam", Digest.ofText("input")),
          Input.ofText("win"),
          Expected.ofLabel("spam"),
          Map.of("model", "local/choice"),
          Digest.ofText("request"));

  private static final SuiteScorers SCORERS = SuiteScorers.of(List.of(Scorer.of(ScorerType.LABEL)));

  private InferenceScript script = new InferenceScript();

  private RunItem run() {
    return answered().item();
  }

  private Answer answered() {
    return answered(QUESTION, SCORERS);
  }

  private Answer answered(Question question, SuiteScorers scorers) {
    // No database is needed, since a fresh run looks no item up.
    JdbcTemplate unused = new JdbcTemplate(new DriverManagerDataSource());
    RetryingInferenceClient inference = script.inference();
    JudgeCaller judges = new JudgeCaller(inference, JsonMapper.shared());
    EncoderCaller encoder = new EncoderCaller(inference);
    return new ItemRunner(
            inference,
            judges,
            encoder,
            new RunItems(JdbcClient.create(unused), unused, JsonMapper.shared(), Clock.systemUTC()),
            InferenceScript.SETTINGS,
            JsonMapper.shared())
        .answer(question, new RunScorers(scorers, judges, encoder), new ItemRunner.Reuse(false));
  }

  private static final String SPAM =
      "{\"choices\":[{\"message\":{\"content\":\"{\\\"label\\\":\\\"spam\\\"}\"}}]}";

  @Test
  void an_answer_is_an_item_with_its_cost_and_overhead() {
    script.reply(answer(SPAM));

    RunItem item = run();

    assertThat(item)
        .isEqualTo(
            new RunItem(
                3,
                "i3",
                Perturbation.NONE,
                "spam",
                QUESTION.digest(),
                true,
                "spam",
                item.scores(),
                Map.of(),
                List.of(),
                false,
                null,
                null,
                item.latencyMillis(),
                0.75,
                new BigDecimal("0.000012"),
                false,
                Digest.ofText(SPAM),
                "4bf92f3577b34da6",
                null,
                "AMD EPYC (avx2)",
                null));
  }

  @Test
  void a_bare_model_is_not_asked_about_variables_that_it_would_ignore() {
    Question question =
        new Question(
            QUESTION.item(),
            Input.ofText("win")
                .withVariables(JsonMapper.shared().createObjectNode().put("tier", "gold")),
            QUESTION.expected(),
            QUESTION.body(),
            QUESTION.digest());

    assertThat(answered(question, SCORERS).item().error())
        .isEqualTo(
            "The item gives a prompt's variables their values, and a bare model has no prompt:"
                + " evaluate a variant.");
  }

  @Test
  void an_item_names_the_model_that_answered_in_place_of_the_variants_own() {
    script.reply(answer(SPAM, "acme/m"));

    assertThat(run().answeredBy()).isEqualTo("acme/m");
  }

  @Test
  void an_answer_is_kept_as_it_was_received() {
    script.reply(answer(SPAM));

    assertThat(answered().output()).isEqualTo(new Output(SPAM));
  }

  @Test
  void an_answer_that_is_too_long_to_be_kept_is_none() {
    script.reply(answer(" ".repeat(Output.MAX_CHARACTERS) + SPAM));

    assertThat(run().error()).startsWith("The answer has").endsWith("at most 1000000 are kept");
  }

  @Test
  void an_answer_without_a_cost_in_usd_has_no_known_price() {
    for (String cost : List.of("", "0.1 EUR", "free")) {
      script.clear();
      script.reply(() ->
          ResponseEntity.ok()
              .header("x-plumbline-cost", cost)
              .body(SPAM.getBytes(StandardCharsets.UTF_8)));
      assertThat(run().costUsd()).isNull();
    }
  }

  @Test
  void an_unavailable_inference_is_tried_again() {
    script.reply(error(HttpStatus.SERVICE_UNAVAILABLE, "busy"));
    script.reply(answer(SPAM));

    assertThat(run().prediction()).isEqualTo("spam");
    assertThat(script.calls()).isEqualTo(2);
  }

  @Test
  void a_failure_of_the_model_is_not_tried_again() {
    for (HttpStatus status :
        List.of(
            HttpStatus.BAD_GATEWAY,
            HttpStatus.SERVICE_UNAVAILABLE,
            HttpStatus.GATEWAY_TIMEOUT,
            HttpStatus.INTERNAL_SERVER_ERROR)) {
      InferenceScript failing = new InferenceScript();
      script = failing;
      script.reply(error(status, "{\"error\":{\"message\":\"CUDA out of memory\"}}", "model"));
      script.reply(answer(SPAM));

      assertThat(run().error()).isEqualTo(status.value() + " CUDA out of memory");
      assertThat(script.calls()).isEqualTo(1);
    }
  }

  @Test
  void a_model_that_was_not_asked_is_asked_later() {
    for (int i = 0; i < 20; i++) {
      script.reply(error(HttpStatus.TOO_MANY_REQUESTS, "limited", "limit"));
    }
    script.reply(answer(SPAM));

    assertThat(run().answered()).isTrue();
    assertThat(script.calls()).isEqualTo(21);
  }

  @Test
  void a_refused_request_is_not_tried_again() {
    script.reply(error(HttpStatus.BAD_REQUEST, "{\"error\":{\"message\":\"no such tool\"}}"));

    RunItem failed = run();

    assertThat(failed.error()).isEqualTo("400 no such tool");
    assertThat(script.calls()).isEqualTo(1);
    assertThat(failed.latencyMillis()).isEqualTo(30_000);
    assertThat(failed.costUsd()).isNull();
  }

  @Test
  void a_broken_connection_is_tried_again() {
    script.reply(() -> {
      throw new ResourceAccessException("connection reset");
    });
    script.reply(answer(SPAM));

    assertThat(run().answered()).isTrue();
  }

  @Test
  void an_inference_that_is_not_connected_to_in_time_is_tried_again() {
    script.reply(unreachable());
    script.reply(answer(SPAM));

    assertThat(run().answered()).isTrue();
  }

  @Test
  void an_answer_that_takes_too_long_is_not_paid_for_again() {
    script.reply(() -> {
      throw new ResourceAccessException("I/O", new HttpTimeoutException("Request timed out"));
    });
    assertThat(run().answered()).isFalse();
    assertThat(script.calls()).isEqualTo(1);
  }

  @Test
  void a_connection_that_is_lost_while_its_answer_is_read_is_tried_again() {
    script.reply(() -> {
      throw new RestClientException("Error while extracting response");
    });
    script.reply(answer(SPAM));

    assertThat(run().answered()).isTrue();
  }

  @Test
  void an_answer_that_cannot_be_read_fails_its_item() {
    script.reply(answer("<html>"));
    assertThat(run().error()).isEqualTo("The answer has neither a text nor a tool call: <html>");

    script.clear();
    script.reply(answer("{\"choices\":[]}"));
    assertThat(run().error())
        .isEqualTo("The answer has neither a text nor a tool call: {\"choices\":[]}");
  }

  @Test
  void a_defect_is_not_tried_again() {
    script.reply(() -> {
      throw new IllegalStateException("defect");
    });

    assertThatIllegalStateException().isThrownBy(this::run).withMessage("defect");
    assertThat(script.calls()).isEqualTo(1);
  }

  private static final Question OF_DOCUMENTS =
      new Question(
          new SuiteItem(4, "i4", Perturbation.NONE, null, Digest.ofText("input")),
          Input.ofText("How long?"),
          Expected.ofAnswers(List.of(), List.of()),
          Map.of("model", "variant/" + Digest.ofText("reader")),
          Digest.ofText("request"));

  private static final SuiteScorers OF_ANSWERS =
      SuiteScorers.of(
          List.of(
              Scorer.of(ScorerType.SQUAD_EXACT),
              Scores.ofRetrieval(ScorerType.RECALL_AT_K, 3),
              Scorer.of(ScorerType.COVERAGE)));

  @Test
  void a_variant_is_asked_for_its_passages_and_a_bare_model_is_not() {
    script.reply(answer(SPAM));

    answered(OF_DOCUMENTS, OF_ANSWERS);
    assertThat(script.lastInclude()).contains("passages");
    run();
    assertThat(script.lastInclude()).isEmpty();
  }

  @Test
  void an_item_says_whether_it_was_abstained_from_how_sure_and_what_does_not_apply() {
    script.reply(
        answer(
            "{\"choices\":[{\"message\":{\"content\":\"No idea.\"}}],"
                + "\"plumbline\":{\"abstained\":true,\"confidence\":0.25}}"));

    RunItem item = answered(OF_DOCUMENTS, OF_ANSWERS).item();

    assertThat(item.abstained()).isTrue();
    assertThat(item.confidence()).isEqualTo(0.25);
    assertThat(item.notApplicable()).containsExactly("recall_at_k");
    assertThat(item.scores()).containsOnlyKeys("squad_exact");
  }

  @Test
  void a_scorer_that_does_not_apply_to_an_item_does_not_when_it_failed_either() {
    script.reply(error(HttpStatus.BAD_REQUEST, "{\"error\":{\"message\":\"no such tool\"}}"));

    RunItem item = answered(OF_DOCUMENTS, OF_ANSWERS).item();

    assertThat(item.answered()).isFalse();
    assertThat(item.abstained()).isFalse();
    assertThat(item.notApplicable()).containsExactly("recall_at_k");
  }
}
