package io.plumbline.evaluation.run;

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
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.items.Expected;
import java.math.BigDecimal;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Answers and failures of inference, as they become items of a run. */
class ItemRunnerTests {

  private static final Question QUESTION =
      new Question(
          new SuiteItem(3, "i3", Perturbation.NONE, "spam", Digest.ofText("input")),
          Expected.ofLabel("spam"),
          Map.of("model", "local/choice"),
          Digest.ofText("request"));

  private static final SuiteScorers SCORERS = SuiteScorers.of(List.of(Scorer.of(ScorerType.LABEL)));

  private final Queue<Supplier<ResponseEntity<byte[]>>> replies = new ArrayDeque<>();
  private final AtomicInteger calls = new AtomicInteger();

  private RunItem run() {
    return answered().item();
  }

  private Answer answered() {
    InferenceApi inference =
        (cache, request) -> {
          calls.incrementAndGet();
          return (replies.size() > 1 ? replies.remove() : replies.element()).get();
        };
    // Without a database: an item of a fresh run is looked up in none.
    JdbcTemplate unused = new JdbcTemplate(new DriverManagerDataSource());
    return new ItemRunner(
            new InferenceClient(inference, JsonMapper.shared()),
            new RunItems(JdbcClient.create(unused), unused, JsonMapper.shared(), Clock.systemUTC()),
            new EvaluationSettings(1, 3, 0.05, Duration.ofSeconds(30), 32),
            JsonMapper.shared())
        .answer(QUESTION, SCORERS, false);
  }

  private static Supplier<ResponseEntity<byte[]>> answer(String body) {
    return () ->
        ResponseEntity.ok()
            .header("x-plumbline-cost", "0.000012 USD")
            .header("x-plumbline-overhead-ms", "0.75")
            .header("x-plumbline-trace", "4bf92f3577b34da6")
            .body(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Supplier<ResponseEntity<byte[]>> error(HttpStatus status, String body) {
    return () -> {
      HttpHeaders headers = new HttpHeaders();
      headers.set(HttpHeaders.RETRY_AFTER, "0");
      throw new RestClientResponseException(
          status.getReasonPhrase(),
          status,
          status.getReasonPhrase(),
          headers,
          body.getBytes(StandardCharsets.UTF_8),
          StandardCharsets.UTF_8);
    };
  }

  private static final String SPAM =
      "{\"choices\":[{\"message\":{\"content\":\"{\\\"label\\\":\\\"spam\\\"}\"}}]}";

  @Test
  void an_answer_is_an_item_with_its_cost_and_overhead() {
    replies.add(answer(SPAM));

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
                null,
                item.latencyMillis(),
                0.75,
                new BigDecimal("0.000012"),
                false,
                Digest.ofText(SPAM),
                "4bf92f3577b34da6"));
  }

  @Test
  void an_answer_is_kept_as_it_was_received() {
    replies.add(answer(SPAM));

    assertThat(answered().output()).isEqualTo(new Output(SPAM));
  }

  @Test
  void an_answer_that_is_too_long_to_be_kept_is_none() {
    replies.add(answer(" ".repeat(Output.LONGEST) + SPAM));

    assertThat(run().error()).startsWith("The answer has").endsWith("at most 1000000 are kept");
  }

  @Test
  void an_answer_without_a_cost_in_usd_has_no_known_price() {
    for (String cost : List.of("", "0.1 EUR", "free")) {
      replies.clear();
      replies.add(() ->
          ResponseEntity.ok()
              .header("x-plumbline-cost", cost)
              .body(SPAM.getBytes(StandardCharsets.UTF_8)));
      assertThat(run().costUsd()).isNull();
    }
  }

  @Test
  void an_unavailable_inference_is_tried_again() {
    replies.addAll(List.of(error(HttpStatus.SERVICE_UNAVAILABLE, "busy"), answer(SPAM)));

    assertThat(run().prediction()).isEqualTo("spam");
    assertThat(calls).hasValue(2);
  }

  @Test
  void an_item_fails_after_the_last_attempt() {
    replies.add(
        error(HttpStatus.TOO_MANY_REQUESTS, "{\"error\":{\"message\":\"Rate limit reached\"}}"));

    assertThat(run().error()).isEqualTo("No answer after 3 attempts: 429 Rate limit reached");
    assertThat(calls).hasValue(3);
  }

  @Test
  void a_refused_request_is_not_tried_again() {
    replies.add(error(HttpStatus.BAD_REQUEST, "{\"error\":{\"message\":\"no such tool\"}}"));

    RunItem failed = run();

    assertThat(failed.error()).isEqualTo("400 no such tool");
    assertThat(calls).hasValue(1);
    assertThat(failed.latencyMillis()).isEqualTo(30_000);
    assertThat(failed.costUsd()).isNull();
  }

  @Test
  void a_broken_connection_is_tried_again() {
    replies.add(() -> {
      throw new ResourceAccessException("connection reset");
    });
    replies.add(answer(SPAM));

    assertThat(run().answered()).isTrue();
  }

  @Test
  void an_inference_that_is_not_connected_to_in_time_is_tried_again() {
    replies.add(() -> {
      throw new ResourceAccessException(
          "I/O", new HttpConnectTimeoutException("connect timed out"));
    });
    replies.add(answer(SPAM));

    assertThat(run().answered()).isTrue();
  }

  @Test
  void an_answer_that_takes_too_long_is_not_paid_for_again() {
    replies.add(() -> {
      throw new ResourceAccessException("I/O", new HttpTimeoutException("Request timed out"));
    });
    assertThat(run().answered()).isFalse();
    assertThat(calls).hasValue(1);

    replies.clear();
    replies.add(error(HttpStatus.GATEWAY_TIMEOUT, "{\"error\":{\"message\":\"too slow\"}}"));
    assertThat(run().error()).isEqualTo("504 too slow");
    assertThat(calls).hasValue(2);
  }

  @Test
  void a_connection_that_is_lost_while_its_answer_is_read_is_tried_again() {
    replies.add(() -> {
      throw new RestClientException("Error while extracting response");
    });
    replies.add(answer(SPAM));

    assertThat(run().answered()).isTrue();
  }

  @Test
  void an_answer_that_cannot_be_read_fails_its_item() {
    replies.add(answer("<html>"));
    assertThat(run().error()).isEqualTo("The answer has neither a text nor a tool call: <html>");

    replies.clear();
    replies.add(answer("{\"choices\":[]}"));
    assertThat(run().error())
        .isEqualTo("The answer has neither a text nor a tool call: {\"choices\":[]}");
  }

  @Test
  void a_defect_is_not_tried_again() {
    replies.add(() -> {
      throw new IllegalStateException("defect");
    });

    assertThatIllegalStateException().isThrownBy(this::run).withMessage("defect");
    assertThat(calls).hasValue(1);
  }
}
