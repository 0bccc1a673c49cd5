package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.problem.Problem;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

class UnknownParameterCheckTests {

  private final UnknownParameterCheck check = new UnknownParameterCheck();

  @SuppressWarnings("unused") // only its signature is read
  static final class Handlers {
    void listThings(
        @RequestParam @Nullable String state,
        @RequestParam(name = "since") String from,
        @RequestParam List<String> ids,
        PageRequest page) {}

    void getThing(String path) {}
  }

  @Test
  void what_a_handler_reads_is_accepted() throws Exception {
    for (String name : new String[] {"state", "since", "limit", "pageToken"}) {
      assertThat(send("listThings", "/api/things", name, "a")).isTrue();
    }
  }

  @Test
  void anything_else_is_named_with_what_the_request_takes() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> send("listThings", "/api/things", "stat", "a"))
        .satisfies(problem ->
            assertThat(String.valueOf(problem.body().getProperties()))
                .contains("pointer=stat")
                .contains("send only ids, limit, pageToken, since, state"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> send("getThing", "/api/things/a", "limit", "1"))
        .satisfies(problem ->
            assertThat(String.valueOf(problem.body().getProperties()))
                .contains("is not a parameter of this request, which has none"));
  }

  @Test
  void what_is_read_once_is_refused_when_it_is_given_twice() throws Exception {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> send("listThings", "/api/things", "limit", "1", "[]"))
        .satisfies(problem ->
            assertThat(String.valueOf(problem.body().getProperties()))
                .contains("pointer=limit", "is given 2 times; send it once"));
    assertThat(send("listThings", "/api/things", "ids", "a", "b")).isTrue();
  }

  @Test
  void a_value_that_cannot_be_stored_is_refused_before_it_is_searched_for() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> send("listThings", "/api/things", "state", "a\0"))
        .satisfies(problem ->
            assertThat(String.valueOf(problem.body().getProperties())).contains("U+0000"));
  }

  @Test
  void clients_of_openai_may_send_parameters_that_do_not_apply() throws Exception {
    assertThat(send("getThing", "/v1/models", "after", "x")).isTrue();
  }

  private boolean send(String handler, String path, String name, String... value) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.addParameter(name, value);
    HandlerMethod method =
        new HandlerMethod(
            new Handlers(),
            Arrays.stream(Handlers.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(handler))
                .findFirst()
                .orElseThrow());
    return check.preHandle(request, new MockHttpServletResponse(), method);
  }
}
