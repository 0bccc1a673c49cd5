package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.plumbline.gateway.Realm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Signing in at a realm that accepts everybody, with room for few sessions and without a limit. */
@Tag("servers")
@SpringBootTest(
    properties = {
      "server.reactive.session.max-sessions=20",
      "plumbline.gateway.sessions.per-person=3",
      "plumbline.gateway.sign-in.burst=1000000"
    })
class SignInTests {

  private static final Realm REALM = new Realm();

  @Autowired ApplicationContext context;
  private WebTestClient client;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
  }

  @BeforeEach
  void reset() {
    REALM.reset();
    REALM.workspace("0190a000-0000-7000-8000-000000000001");
    client = REALM.client(context);
  }

  @Test
  void a_person_signs_in_and_returns_to_the_page_they_wanted() {
    Browser ada = browser();

    EntityExchangeResult<byte[]> back = ada.end("ada", ada.begin("?return=/apps/mail%3Ftab=1"));

    assertThat(back.getStatus()).isEqualTo(HttpStatus.FOUND);
    assertThat(back.getResponseHeaders().getLocation()).isEqualTo(URI.create("/apps/mail?tab=1"));
    assertThat(ada.session()).isEqualTo(HttpStatus.OK);
    assertThat(ada.cookies()).containsOnlyKeys("plumbline-session");
  }

  @Test
  void a_foreign_page_is_not_returned_to() {
    Browser ada = browser();

    assertThat(ada.end("ada", ada.begin("?return=//evil.test")).getResponseHeaders().getLocation())
        .isEqualTo(URI.create("/"));
  }

  @Test
  void sign_ins_that_are_only_started_take_up_no_session() {
    for (int i = 0; i < 200; i++) {
      assertThat(browser().begin("").getPath()).endsWith("/auth");
    }
    Browser ada = browser();

    ada.signIn("ada");

    assertThat(ada.session()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void one_person_has_a_few_sessions_and_takes_none_from_others() {
    Browser ben = browser();
    ben.signIn("ben");
    List<Browser> ada = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ada.add(browser());
      assertThat(ada.getLast().signIn("ada").getStatus()).isEqualTo(HttpStatus.FOUND);
    }

    assertThat(ada.stream().filter(each -> each.session().is2xxSuccessful())).hasSize(3);
    assertThat(ada.getLast().session()).isEqualTo(HttpStatus.OK);
    assertThat(ben.session()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void another_browsers_sign_in_is_not_ended_here() {
    Browser mallory = browser();
    URI asked = mallory.begin("");

    EntityExchangeResult<byte[]> answer = browser().end("mallory", asked);

    assertThat(answer.getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(text(answer)).contains("/problems/sign-in-failed");
    REALM.server().verify(0, WireMock.postRequestedFor(WireMock.urlEqualTo("/token")));
  }

  @Test
  void a_sign_in_ends_once() {
    Browser ada = browser();
    URI asked = ada.begin("");
    ada.end("ada", asked);

    assertThat(ada.end("ada", asked).getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void the_workspace_of_a_session_is_the_only_one_of_the_person() {
    REALM.workspace(List.of("0190a000-0000-7000-8000-000000000002"));
    Browser gus = browser();

    gus.signIn("gus");

    assertThat(text(gus.get("/session")))
        .contains("\"workspace\":\"0190a000-0000-7000-8000-000000000002\"");
  }

  @Test
  void who_is_given_two_workspaces_has_no_session_and_learns_why() {
    REALM.workspace(
        List.of("0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"));
    Browser eve = browser();

    EntityExchangeResult<byte[]> answer = eve.signIn("eve");

    assertThat(answer.getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(text(answer)).contains("Your account is given several workspaces");
    assertThat(eve.session()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  private static String text(EntityExchangeResult<byte[]> answer) {
    return new String(
        Objects.requireNonNull(answer.getResponseBodyContent()), StandardCharsets.UTF_8);
  }

  private Browser browser() {
    return new Browser(client, "", REALM);
  }
}
