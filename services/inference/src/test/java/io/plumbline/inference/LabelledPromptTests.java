package io.plumbline.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests how applications read their own prompts by a label, with an API key. */
class LabelledPromptTests extends InferenceTest {

  private static final String CONTENT =
      """
      {"messages":[{"role":"user","content":"SUFFIX"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":{},
       "responseFormat":{"type":"object","properties":{"reason":{},"score":{}}},
       "propertyOrder":"kept"}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String application = "support-" + suffix;
  private final String prompt = "answers-" + suffix;
  private final String content = CONTENT.replace("SUFFIX", suffix).strip();
  private String version = "";
  private Digest digest = Digest.ofText("");

  @BeforeEach
  void give_the_application_a_variant_with_the_prompt() {
    TestClient.TestCaller ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
    connect(client, "p" + suffix, NEIGHBOURS.url() + "/v1");
    digest = NEIGHBOURS.publish(content);
    version = resolved(digest);
    events.publish(
        new PromptVersionPublished(prompt, 1, digest, null, "ada", "first"), digest.hex(), 1);
    createVariant(ada, variantOf(application, digest, "p" + suffix + "/m", Map.of()));
    NEIGHBOURS.answer(prompt + "/resolve?label=production", version);
    NEIGHBOURS.answer(prompt + "/labels", labels("latest", digest, "production", digest));
  }

  /** Returns a version as prompt-registry resolves it. */
  private String resolved(Digest of) {
    return "{\"digest\":\"%s\",%s".formatted(of, content.substring(1));
  }

  private static String labels(String one, Digest first, String other, Digest second) {
    String label = "{\"label\":\"%s\",\"digest\":\"%s\"}";
    return "{\"items\":[%s,%s]}"
        .formatted(label.formatted(one, first), label.formatted(other, second));
  }

  @Test
  void a_key_of_the_application_reads_the_labelled_version_as_it_was_published() {
    TestClient.TestCaller key =
        withKey(Map.of("applications", List.of(application), "prompts", true));

    Answer answer = key.get("/v1/prompts/" + prompt);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(version);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, private");
    assertThat(key.get("/v1/prompts/" + prompt + "?label=production").body()).isEqualTo(version);
    Answer again = key.header("If-None-Match", answer.header("ETag")).get("/v1/prompts/" + prompt);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(answer.header("ETag"));
    assertThat(
            withKey(Map.of("allApplications", true, "prompts", true))
                .get("/v1/prompts/" + prompt)
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_label_that_points_nowhere_is_refused_with_those_that_there_are() {
    TestClient.TestCaller key =
        withKey(Map.of("applications", List.of(application), "prompts", true));

    for (String label : List.of("staging", "No%20label")) {
      Answer unknown = key.get("/v1/prompts/" + prompt + "?label=" + label);

      assertThat(unknown.status()).isEqualTo(404);
      assertThat(errorCode(unknown)).isEqualTo("label_not_found");
      assertThat(unknown.json().at("/error/param").asString()).isEqualTo("label");
      assertThat(unknown.json().at("/error/message").asString())
          .contains(label.replace("%20", " "), "latest, production");
    }
  }

  /** Copies a prompt: since digests cover content, the copy has a digest of the original. */
  @Test
  void a_prompt_that_began_as_a_copy_shows_a_key_none_of_its_own_versions() {
    String copy = "copy-" + suffix;
    Digest own = Digest.ofText("own " + suffix);
    NEIGHBOURS.answer(copy + "/labels", labels("first", digest, "production", own));
    NEIGHBOURS.answer(copy + "/resolve?label=first", resolved(digest));
    NEIGHBOURS.answer(copy + "/resolve?label=production", resolved(own));
    for (Map<String, ?> applications :
        List.of(Map.of("applications", List.of(application)), Map.of("allApplications", true))) {
      Map<String, Object> scope = new HashMap<>(applications);
      scope.put("prompts", true);
      TestClient.TestCaller key = withKey(scope);

      Answer refused = key.get("/v1/prompts/" + copy);
      Answer unknown = key.get("/v1/prompts/" + copy + "?label=staging");

      assertThat(key.get("/v1/prompts/" + copy + "?label=first").status()).isEqualTo(200);
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(errorCode(refused)).isEqualTo("out_of_scope");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.json().at("/error/message").asString())
          .endsWith("points to a version, but these do: first.");
    }
  }

  @Test
  void a_refused_read_is_remembered_for_some_seconds_and_no_longer() {
    String request = prompt + "/resolve?label=production";
    NEIGHBOURS.answer(request, resolved(Digest.ofText("later " + suffix)));
    TestClient.TestCaller key =
        withKey(Map.of("applications", List.of(application), "prompts", true));
    for (int i = 0; i < 3; i++) {
      assertThat(key.get("/v1/prompts/" + prompt).status()).isEqualTo(403);
    }
    assertThat(NEIGHBOURS.asked(request)).isEqualTo(1);

    NEIGHBOURS.answer(request, version);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> key.get("/v1/prompts/" + prompt).status() == 200);
  }

  @Test
  void a_key_without_the_scope_reads_no_prompt() {
    Answer refused =
        withKey(Map.of("applications", List.of(application))).get("/v1/prompts/" + prompt);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(errorCode(refused)).isEqualTo("out_of_scope");
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("name");
    assertThat(refused.json().at("/error/message").asString())
        .isEqualTo("The API key may not read prompts. Use a key whose scope allows prompts.");
  }

  @Test
  void a_key_of_another_application_learns_nothing_of_the_prompt_and_the_refusal_is_recorded() {
    String other = "other-" + suffix;
    register(events, other, TaskType.GENERATION);
    TestClient.TestCaller key = withKey(Map.of("applications", List.of(other), "prompts", true));

    for (String name : List.of(prompt, "none-" + suffix, "%2e%2e")) {
      Answer refused = key.get("/v1/prompts/" + name);
      assertThat(refused.status()).as(name).isIn(400, 403);
    }
    Answer refused = key.get("/v1/prompts/" + prompt);
    assertThat(errorCode(refused)).isEqualTo("out_of_scope");
    assertThat(refused.json().at("/error/message").asString())
        .startsWith(
            ("The API key may not read this version of the prompt '%s': its scope allows only"
                    + " versions that variants of %s have.")
                .formatted(prompt, other));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(events.read("plumbline.inference"))
                .extracting(message -> new String(message.value(), UTF_8))
                .anyMatch(event ->
                    event.contains("read a prompt with an API key") && event.contains(prompt)));
  }

  @Test
  void a_key_that_is_none_is_refused_in_the_shape_of_the_open_ai_api() {
    Answer refused = client.withToken("plk_none").get("/v1/prompts/" + prompt);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(errorCode(refused)).isEqualTo("unauthenticated");
  }

  @Test
  void a_person_reads_by_their_role_and_an_unknown_name_is_refused_as_such() {
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);

    assertThat(vera.get("/v1/prompts/" + prompt).body()).isEqualTo(version);
    for (String name : List.of("none-" + suffix, "Not-a-name")) {
      Answer unknown = vera.get("/v1/prompts/" + name);
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(errorCode(unknown)).isEqualTo("prompt_not_found");
    }
  }

  @Test
  void the_scope_is_shown_published_and_refused_without_an_application() {
    String name = "reader-" + suffix;
    TestClient.TestCaller sam = client.as("sam", Role.SRE);

    Answer created =
        sam.post(
            "/api/api-keys",
            Map.of("name", name, "applications", List.of(application), "prompts", true));

    String id = created.json().at("/apiKey/apiKeyId").asString();
    assertThat(sam.get("/api/api-keys/" + id).json().path("prompts").asBoolean()).isTrue();
    assertThat(
            events
                .awaitPublished(ApiKeyCreated.class, event -> event.name().equals(name))
                .prompts())
        .isTrue();
    Answer refused =
        sam.post(
            "/api/api-keys",
            Map.of("name", name, "models", List.of("local/choice-minilm"), "prompts", true));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/prompts");
  }

  private TestClient.TestCaller withKey(Map<String, ?> scope) {
    Map<String, Object> body = new HashMap<>(scope);
    body.put("name", "shop-" + suffix);
    Answer created = settled(() -> client.as("sam", Role.SRE).post("/api/api-keys", body));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return client.withToken(created.json().path("key").asString());
  }
}
