package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.event.TestOutbox;
import io.plumbline.platform.identity.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.io.UnsupportedEncodingException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests what a caller reads for each exception that ends a request. */
@Tag("servers")
class ProblemAdviceTests {

  private record Thing(@Min(value = 1, message = "must be 1 or more") int size) {}

  private record Things(@Valid List<Thing> things) {}

  private enum Refused implements ProblemType {
    GATE(new Kind("gate", HttpStatus.CONFLICT, "The gate is closed", true));

    private final Kind kind;

    Refused(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Kind kind() {
      return kind;
    }
  }

  @SuppressWarnings("unused") // Spring calls its handlers
  @RestController
  private static final class Failing {

    private @Nullable RuntimeException failure;

    @GetMapping("/api/things")
    String listThings(@RequestParam int from) {
      if (failure != null) {
        throw failure;
      }
      return "none from " + from;
    }

    @GetMapping("/api/things/{digest}")
    String getThing(@PathVariable Digest digest) {
      return digest.hex();
    }

    @GetMapping("/api/boxes/{name}/parts/{number}")
    String getPart(@PathVariable String name, @PathVariable int number) {
      if (number > 1) {
        throw Problem.notFound();
      }
      return name;
    }

    @PostMapping("/api/things")
    void createThings(@RequestBody @Valid Things things) {}
  }

  private static final UUID ACME = new UUID(1, 1);

  private final PlatformDatabase database = new PlatformDatabase();
  private final Failing controller = new Failing();
  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(controller)
          .setControllerAdvice(
              new ProblemAdvice(
                  new DenialRecorder(TestOutbox.on(database), database.transactions())))
          .build();

  @Test
  void a_refusal_that_is_recorded_is_in_the_outbox_with_what_is_missing() throws Exception {
    controller.failure = new Problem(Refused.GATE, "Evaluate first.").missing(List.of("a verdict"));

    MockHttpServletResponse answer = get();

    assertThat(answer.getStatus()).isEqualTo(409);
    assertThat(body(answer).at("/missing/0").asString()).isEqualTo("a verdict");
    assertThat(database.count("outbox")).isEqualTo(1);
  }

  @Test
  void a_missing_role_is_recorded() throws Exception {
    controller.failure = new AccessDeniedException("refused");

    assertThat(get().getStatus()).isEqualTo(403);
    assertThat(database.count("outbox")).isEqualTo(1);
  }

  @Test
  void a_problem_says_when_to_try_again_in_whole_seconds_of_at_least_one() throws Exception {
    controller.failure =
        new Problem(CommonProblem.UNAVAILABLE, "Later.").retryAfter(Duration.ofMillis(20));

    assertThat(get().getHeader("Retry-After")).isEqualTo("1");
    assertThat(database.count("outbox")).isZero();
  }

  @Test
  void a_value_that_the_database_cannot_take_is_the_callers_fault_and_a_conflict_is_not()
      throws Exception {
    controller.failure =
        new DataIntegrityViolationException("", new SQLException("secret", "22003"));
    assertThat(get().getStatus()).isEqualTo(400);

    controller.failure =
        new DataIntegrityViolationException("", new SQLException("secret", "23505"));
    MockHttpServletResponse conflict = get();
    assertThat(conflict.getStatus()).isEqualTo(409);
    assertThat(conflict.getContentAsString()).doesNotContain("secret");
  }

  @Test
  void a_change_at_the_same_time_asks_to_read_again() throws Exception {
    controller.failure = new OptimisticLockingFailureException("row 7");

    assertThat(get().getStatus()).isEqualTo(412);
  }

  @Test
  void an_event_that_is_too_large_cannot_be_recorded_and_so_nothing_is_done() throws Exception {
    controller.failure = TestOutbox.tooLarge(1_234);

    MockHttpServletResponse answer = get();

    assertThat(answer.getStatus()).isEqualTo(422);
    assertThat(body(answer).path("detail").asString()).contains("1,234 too many");
  }

  @Test
  void a_database_that_is_down_is_not_an_error_of_ours() throws Exception {
    controller.failure = new DataAccessResourceFailureException("no connection");

    MockHttpServletResponse answer = get();

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
  }

  @Test
  void an_unexpected_exception_shows_nothing_of_its_cause() throws Exception {
    controller.failure = new IllegalStateException("password of the database");

    MockHttpServletResponse answer = get();

    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(answer.getContentAsString()).doesNotContain("password");
  }

  @Test
  void a_parameter_is_named_with_what_it_must_be() throws Exception {
    JsonNode mistyped =
        body(send(MockMvcRequestBuilders.get("/api/things").param("from", "first")));
    assertThat(mistyped.at("/errors/0/pointer").asString()).isEqualTo("from");
    assertThat(mistyped.at("/errors/0/detail").asString())
        .isEqualTo("must be a whole number within range");

    JsonNode noDigest = body(send(MockMvcRequestBuilders.get("/api/things/" + "A".repeat(64))));
    assertThat(noDigest.at("/errors/0/pointer").asString()).isEqualTo("digest");
    assertThat(noDigest.at("/errors/0/detail").asString())
        .isEqualTo("must be 64 lower-case hexadecimal digits");

    JsonNode missing = body(send(MockMvcRequestBuilders.get("/api/things")));
    assertThat(missing.at("/errors/0/detail").asString()).isEqualTo("is required");
  }

  @Test
  void a_missing_resource_is_named_as_the_path_names_it() throws Exception {
    MockHttpServletResponse answer =
        send(MockMvcRequestBuilders.get("/api/boxes/spam-tirage/parts/3"));

    assertThat(answer.getStatus()).isEqualTo(404);
    assertThat(body(answer).path("detail").asString())
        .isEqualTo(
            "Nothing was found for the name 'spam-tirage' and number '3'. Check the name or id;"
                + " only resources of your own workspace are visible.");
  }

  @Test
  void a_field_is_named_by_its_json_pointer() throws Exception {
    JsonNode invalid = body(post("{\"things\":[{\"size\":1},{\"size\":0}]}"));

    assertThat(invalid.at("/errors/0/pointer").asString()).isEqualTo("/things/1/size");
    assertThat(invalid.at("/errors/0/detail").asString()).isEqualTo("must be 1 or more");
  }

  @Test
  void a_body_that_cannot_be_read_is_named_by_its_json_pointer() throws Exception {
    JsonNode mistyped = body(post("{\"things\":[{\"size\":\"big\"}]}"));

    assertThat(mistyped.at("/errors/0/pointer").asString()).isEqualTo("/things/0/size");
    assertThat(mistyped.at("/errors/0/detail").asString())
        .isEqualTo("must be a whole number within range");
    assertThat(mistyped.path("detail").asString())
        .isEqualTo(
            "The field /things/0/size of the body is wrong: it must be a whole number within"
                + " range.");
  }

  @Test
  void only_a_body_that_is_not_json_is_called_unreadable() throws Exception {
    assertThat(body(post("{\"things\":[{\"size\"")).path("detail").asString())
        .isEqualTo("The body cannot be read. Send JSON as the API describes it.");
  }

  @Test
  void a_method_that_is_not_supported_is_answered_with_those_that_are() throws Exception {
    JsonNode answer = body(send(MockMvcRequestBuilders.delete("/api/things")));

    assertThat(answer.path("detail").asString())
        .startsWith("The method is not supported here. Send one of ")
        .contains("GET", "POST");
  }

  private MockHttpServletResponse get() throws Exception {
    return send(MockMvcRequestBuilders.get("/api/things").param("from", "1"));
  }

  private MockHttpServletResponse post(String body) throws Exception {
    return send(
        MockMvcRequestBuilders.post("/api/things")
            .contentType(MediaType.APPLICATION_JSON)
            .content(body));
  }

  private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
    return Caller.system(ACME).call(() -> mvc.perform(request).andReturn().getResponse());
  }

  private static JsonNode body(MockHttpServletResponse answer) throws UnsupportedEncodingException {
    assertThat(answer.getContentType()).isEqualTo("application/problem+json");
    return JsonMapper.shared().readTree(answer.getContentAsString());
  }
}
