package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

@Tag("servers")
class IdempotencyTests {

  private static final Caller ADA = person(new UUID(1, 1), "ada");

  private final PlatformDatabase database = new PlatformDatabase();
  private final ManualClock clock = new ManualClock();
  private final Idempotency idempotency =
      new Idempotency(database.sql(), database.transactions(), JsonMapper.shared(), clock);
  private int calls;

  @AfterEach
  void end() {
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void a_repeated_request_has_no_second_effect_and_gets_the_same_answer() throws Throwable {
    ResponseEntity<?> first = send(ADA, "key", "/api/things", this::create);
    ResponseEntity<?> second = send(ADA, "key", "/api/things", this::create);

    assertThat(calls).isEqualTo(1);
    assertThat(second.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    assertThat(second.getHeaders().getFirst("Location")).isEqualTo("/api/things/1");
    assertThat(second.getHeaders().getFirst("ETag")).isEqualTo("\"1\"");
    assertThat(second.getHeaders().getFirst("X-Other")).isNull();
    assertThat(JsonMapper.shared().writeValueAsString(second.getBody()))
        .isEqualTo(JsonMapper.shared().writeValueAsString(first.getBody()));
  }

  @Test
  void a_request_without_a_key_is_carried_out_each_time() throws Throwable {
    send(ADA, null, "/api/things", this::create);
    send(ADA, null, "/api/things", this::create);

    assertThat(calls).isEqualTo(2);
    assertThat(database.count("idempotency")).isZero();
  }

  @Test
  void a_key_belongs_to_one_actor_of_one_workspace() throws Throwable {
    send(ADA, "key", "/api/things", this::create);
    send(person(ADA.workspace(), "ben"), "key", "/api/things", this::create);
    send(person(new UUID(2, 2), "ada"), "key", "/api/things", this::create);

    assertThat(calls).isEqualTo(3);
  }

  @Test
  void a_key_that_was_sent_with_another_request_is_refused() throws Throwable {
    send(ADA, "key", "/api/things", this::create);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> send(ADA, "key", "/api/others", this::create))
        .returns(CommonProblem.KEY_REUSED, Problem::type);
  }

  @Test
  void a_failure_leaves_the_key_free() throws Throwable {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            send(
                ADA,
                "key",
                "/api/things",
                () -> {
                  throw new IOException("no space left");
                }))
        .withMessage("no space left");

    send(ADA, "key", "/api/things", this::create);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void an_answer_is_kept_for_a_day() throws Throwable {
    send(ADA, "key", "/api/things", this::create);
    clock.advance(Duration.ofHours(24));
    send(ADA, "key", "/api/things", this::create);
    assertThat(calls).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    send(ADA, "key", "/api/things", this::create);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void an_answer_without_a_body_is_repeated_without_one() throws Throwable {
    send(ADA, "key", "/api/things", () -> ResponseEntity.noContent().build());

    ResponseEntity<?> second = send(ADA, "key", "/api/things", this::create);

    assertThat(second).isEqualTo(ResponseEntity.noContent().build());
  }

  @Test
  void a_key_has_one_to_two_hundred_characters() throws Throwable {
    for (String key : new String[] {" ", "k".repeat(201)}) {
      assertThatExceptionOfType(Problem.class)
          .isThrownBy(() -> send(ADA, key, "/api/things", this::create))
          .returns(CommonProblem.INVALID, Problem::type);
    }
    send(ADA, "k".repeat(200), "/api/things", this::create);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void a_handler_that_returns_no_response_entity_is_a_mistake_of_ours() {
    assertThatIllegalStateException()
        .isThrownBy(() -> send(ADA, "key", "/api/things", () -> "text"))
        .withMessageEndingWith("is @Idempotent but returns no ResponseEntity");
  }

  @Test
  void what_is_shown_once_is_neither_kept_nor_given_again() throws Throwable {
    Callable<?> issue = () -> ResponseEntity.status(HttpStatus.CREATED).body(new Issued("secret"));

    assertThat(send(ADA, "key", "/api/keys", issue).getBody()).isEqualTo(new Issued("secret"));

    assertThat(
            JsonMapper.shared().writeValueAsString(send(ADA, "key", "/api/keys", issue).getBody()))
        .isEqualTo("{\"key\":\"shown before\"}");
    assertThat(
            database
                .sql()
                .sql("SELECT convert_from(body, 'UTF8') FROM idempotency")
                .query(String.class)
                .list())
        .containsExactly("{\"key\":\"shown before\"}");
  }

  private record Issued(String key) implements ShownOnce {
    @Override
    public Object withoutSecret() {
      return new Issued("shown before");
    }
  }

  private ResponseEntity<?> create() {
    calls++;
    return ResponseEntity.created(URI.create("/api/things/" + calls))
        .eTag("\"" + calls + "\"")
        .header("X-Other", "not kept")
        .body(Map.of("thingId", calls));
  }

  private ResponseEntity<?> send(
      Caller caller, @Nullable String key, String path, Callable<?> handler) throws Throwable {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
    if (key != null) {
      request.addHeader(Idempotency.HEADER, key);
    }
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    return (ResponseEntity<?>)
        caller.call(() -> {
          try {
            return idempotency.invoke(new Invocation(handler));
          } catch (Exception | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
        });
  }

  private static Caller person(UUID workspace, String actor) {
    return new Caller(workspace, actor, actor, Set.of(), false);
  }

  /** A call of a handler. */
  private record Invocation(Callable<?> handler) implements MethodInvocation {

    @Override
    public @Nullable Object proceed() throws Throwable {
      return handler.call();
    }

    @Override
    public Method getMethod() {
      return IdempotencyTests.class.getDeclaredMethods()[0];
    }

    @Override
    public @Nullable Object[] getArguments() {
      return new Object[0];
    }

    @Override
    public Object getThis() {
      return handler;
    }

    @Override
    public AccessibleObject getStaticPart() {
      return getMethod();
    }
  }
}
