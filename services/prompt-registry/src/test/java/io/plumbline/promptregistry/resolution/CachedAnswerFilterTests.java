package io.plumbline.promptregistry.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.access.prepost.PreAuthorize;

class CachedAnswerFilterTests {

  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final Caller VIC = caller(WORKSPACE, Role.PROMPT_ENGINEER);
  private static final String PATH = "/api/prompts/triage/resolve";
  private static final String ETAG = "\"3-abc\"";
  private static final int ELSEWHERE = 299;

  private final ResolvedPromptCache prompts =
      new ResolvedPromptCache(System::nanoTime, new SimpleMeterRegistry());
  private final CachedAnswerFilter filter =
      new CachedAnswerFilter(
          prompts,
          RoleHierarchyImpl.withDefaultRolePrefix()
              .role(Role.PROMPT_ENGINEER.name())
              .implies(Role.VIEWER.name())
              .build());

  private static Caller caller(UUID workspace, Role... roles) {
    return new Caller(workspace, "vic", "vic", Set.of(roles), false);
  }

  @BeforeEach
  void keep() {
    Optional<ResolvedPrompt> answer = Optional.of(new ResolvedPrompt(ETAG, new byte[] {'{', '}'}));
    prompts.get(WORKSPACE, "triage", VersionSelector.PRODUCTION, () -> answer);
    prompts.get(WORKSPACE, "triage", new VersionSelector.Numbered(3), () -> answer);
  }

  private MockHttpServletResponse ask(
      Caller caller, String path, String query, Consumer<MockHttpServletRequest> more)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setQueryString(query.isEmpty() ? null : query);
    more.accept(request);
    MockHttpServletResponse response = new MockHttpServletResponse();
    HttpServlet controller =
        new HttpServlet() {
          @Override
          protected void service(HttpServletRequest asked, HttpServletResponse answer) {
            answer.setStatus(ELSEWHERE);
          }
        };
    caller.call(() -> {
      filter.doFilter(request, response, new MockFilterChain(controller));
      return null;
    });
    return response;
  }

  private MockHttpServletResponse ask(String query) throws Exception {
    return ask(VIC, PATH, query, _ -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "label=production", "version=3"})
  void what_is_in_memory_is_answered(String query) throws Exception {
    MockHttpServletResponse answer = ask(query);

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getContentAsString()).isEqualTo("{}");
    assertThat(answer.getHeader("ETag")).isEqualTo(ETAG);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-cache, private");
    assertThat(answer.getContentType()).isEqualTo("application/json");
    assertThat(answer.getContentLength()).isEqualTo(2);
  }

  @Test
  void who_has_the_version_gets_no_body() throws Exception {
    MockHttpServletResponse answer =
        ask(VIC, PATH, "", request -> request.addHeader("If-None-Match", ETAG));

    assertThat(answer.getStatus()).isEqualTo(304);
    assertThat(answer.getHeader("ETag")).isEqualTo(ETAG);
    assertThat(answer.getContentAsByteArray()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label=staging",
        "label=Production",
        "label=production&label=staging",
        "label=production&version=3",
        "label=",
        "version=03",
        "version=%33",
        "version=3 ",
        "version=-3",
        "version=99999999999",
        "labels=production"
      })
  void any_other_query_is_the_controllers(String query) throws Exception {
    assertThat(ask(query).getStatus()).isEqualTo(ELSEWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/prompts/other/resolve",
        "/api/prompts/tri%61ge/resolve",
        "/api/prompts/triage;a=b/resolve",
        "/api/prompts//triage/resolve",
        "/api/prompts/triage/resolve/",
        "/api/prompts/resolve",
        "/api/prompts/triage"
      })
  void any_other_path_is_the_controllers(String path) throws Exception {
    assertThat(ask(VIC, path, "", _ -> {}).getStatus()).isEqualTo(ELSEWHERE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match", "If-Modified-Since", "If-Unmodified-Since"})
  void other_conditions_are_the_controllers(String condition) throws Exception {
    assertThat(ask(VIC, PATH, "", request -> request.addHeader(condition, "x")).getStatus())
        .isEqualTo(ELSEWHERE);
  }

  @Test
  void another_version_at_the_caller_is_the_controllers() throws Exception {
    assertThat(
            ask(VIC, PATH, "", request -> request.addHeader("If-None-Match", "W/" + ETAG))
                .getStatus())
        .isEqualTo(ELSEWHERE);
    assertThat(ask(VIC, PATH, "", request -> request.setMethod("HEAD")).getStatus())
        .isEqualTo(ELSEWHERE);
  }

  /** A caller whom the controller would refuse must not get an answer before it. */
  @Test
  void its_role_is_the_controllers() {
    assertThat(ResolveController.class.getDeclaredMethods())
        .extracting(handler -> handler.getAnnotation(PreAuthorize.class))
        .filteredOn(Objects::nonNull)
        .extracting(PreAuthorize::value)
        .containsExactly("hasRole('" + ResolveController.ROLE + "')");
  }

  @Test
  void nobody_else_is_answered() throws Exception {
    assertThat(ask(caller(WORKSPACE), PATH, "", _ -> {}).getStatus()).isEqualTo(ELSEWHERE);
    assertThat(ask(caller(new UUID(0, 2), Role.PROMPT_ENGINEER), PATH, "", _ -> {}).getStatus())
        .isEqualTo(ELSEWHERE);
  }
}
