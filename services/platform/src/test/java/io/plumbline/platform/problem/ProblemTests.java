package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The format of RFC 9457. */
class ProblemTests {

  @Test
  void a_body_says_what_happened_what_to_do_and_where() {
    ProblemDetail expected =
        ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "Bring the evidence.");
    expected.setType(URI.create("/problems/conflict"));
    expected.setTitle("The current state does not allow this");
    expected.setProperties(
        Map.of(
            "traceId", "0af7651916cd43dd8448eb211c80319c",
            "errors", List.of(new Problem.FieldError("/name", "is taken")),
            "missing", List.of("baseline")));
    ProblemDetail body =
        traced(
            "0af7651916cd43dd8448eb211c80319c",
            () ->
                new Problem(CommonProblem.CONFLICT, "Bring the evidence.")
                    .withFieldError("/name", "is taken")
                    .missing(List.of("baseline"))
                    .body());

    assertThat(body).isEqualTo(expected);
  }

  @Test
  void a_body_has_no_empty_extensions() {
    assertThat(Problem.notFound().body().getProperties()).isNull();
  }

  @Test
  void a_reference_that_may_be_on_its_way_is_worth_another_try() {
    Problem problem = Problem.notYetKnown("/dataset");

    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(problem.body().getProperties())
        .containsEntry(
            "errors",
            List.of(
                new Problem.FieldError(
                    "/dataset", "refers to a resource that this service does not know")));
  }

  @Test
  void a_name_that_is_not_known_is_repeated() {
    Problem problem = Problem.notYetKnown("/application", "application", "mail-triag");

    assertThat(problem.body().getDetail())
        .isEqualTo(
            "There is no application 'mail-triag' in your workspace: correct the name, or try again"
                + " in a second if it was just created.");
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(problem.body().getProperties())
        .containsEntry(
            "errors",
            List.of(
                new Problem.FieldError(
                    "/application", "names no application that this service knows")));
  }

  @Test
  void no_two_kinds_share_a_type() {
    assertThat(Stream.of(CommonProblem.values()).map(ProblemType::slug))
        .doesNotHaveDuplicates()
        .allMatch(slug -> slug.matches("[a-z-]+"));
  }

  private static <T> T traced(String trace, Supplier<T> work) {
    SpanContext span =
        SpanContext.create(
            trace, "b7ad6b7169203331", TraceFlags.getDefault(), TraceState.getDefault());
    return Context.root().with(Span.wrap(span)).wrapSupplier(work).get();
  }
}
