package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that an approved variant keeps its endpoint, whatever happens to its provider. */
class PinnedConnectionTests extends InferenceTest {

  private static final String CONTENT =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"{{text}}\"}],"
          + "\"variables\":{\"type\":\"object\","
          + "\"properties\":{\"text\":{\"type\":\"string\"}},"
          + "\"required\":[\"text\"]},\"examples\":[],\"parameters\":{}}";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "p" + suffix;
  private final String application = "mail-" + suffix;
  private final Digest criteria = Digest.ofText("criteria of " + application);
  private final Digest prompt = NEIGHBOURS.publish(CONTENT);
  private TestClient.TestCaller root;
  private TestClient.TestCaller ada;
  private ReleaseSteps releases;

  @BeforeEach
  void govern() {
    root = client.as("root", Role.ADMIN);
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    releases = new ReleaseSteps(events, ada);
    events.publish(
        new PromptVersionPublished("echo", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    register(events, application, TaskType.CLASSIFICATION);
    releases.registerCriteria(application, criteria);
    releases.activatePolicy();
    add("/v1");
  }

  @Test
  void a_provider_that_is_removed_and_added_with_another_url_answers_for_no_older_variant() {
    String before = variant();
    assertThat(answer(before).body()).contains("hello");
    assertThat(
            events
                .awaitPublished(
                    VariantCreated.class, event -> event.variantDigest().hex().equals(before))
                .connectionDigest())
        .isEqualTo(digest());

    assertThat(root.delete("/api/providers/" + provider).status()).isEqualTo(204);
    add("/swapped");

    Answer swapped = call("variant/" + before, "again");
    assertThat(swapped.status()).isEqualTo(404);
    assertThat(swapped.body()).contains("was removed");
    String after = variant();
    assertThat(after).isNotEqualTo(before);
    assertThat(answer(after).body()).contains("other").doesNotContain("hello");

    root.delete("/api/providers/" + provider);
    add("/v1");
    assertThat(variant(ada.expectingNoEvent())).isEqualTo(before);
    assertThat(answer(before).body()).contains("hello");
  }

  @Test
  void another_url_is_another_connection_and_variants_keep_theirs() {
    String before = variant();

    assertThat(
            root.post(
                    "/api/providers/" + provider + "/connections",
                    Map.of("baseUrl", NEIGHBOURS.url() + "/swapped", "apiKey", "sesame"))
                .status())
        .isEqualTo(200);

    assertThat(answer(before).body()).contains("hello");
    assertThat(answer(variant()).body()).contains("other");
  }

  @Test
  void a_provider_that_a_release_needs_is_not_removed() {
    String variant = variant();
    UUID verdict = verdict(variant, Outcome.PASS);
    Answer requested = release(variant, verdict);
    String release = requested.json().path("releaseId").asString();

    Answer whileRequested = root.delete("/api/providers/" + provider);
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");
    Answer whileActive = root.delete("/api/providers/" + provider);

    assertThat(whileRequested.status()).isEqualTo(409);
    assertThat(whileRequested.body()).contains("REQUESTED release " + release, application);
    assertThat(whileActive.json().path("type").asString()).isEqualTo("/problems/provider-in-use");
    assertThat(whileActive.body()).contains("ACTIVE release " + release);
    assertThat(call("app/" + application, "x").body()).contains("hello");
  }

  @Test
  void a_rollback_to_a_release_whose_connection_is_gone_is_refused_by_its_name()
      throws SQLException {
    Digest former = digest();
    activated(variant());
    root.post(
        "/api/providers/" + provider + "/connections",
        Map.of("baseUrl", NEIGHBOURS.url() + "/swapped", "apiKey", "sesame"));
    String second = activated(variant());
    assertThat(root.delete("/api/providers/" + provider).body()).contains("SUPERSEDED release");
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM open_connection WHERE connection_digest = '" + former + "'");
    }

    Answer refused =
        client
            .as("sam", Role.SRE)
            .post(
                "/api/releases/" + second + "/rollback",
                Map.of("reason", "it is worse", "acknowledge", true));

    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/rollback-target-gone");
    assertThat(refused.json().path("missing").toString()).contains(former.hex());
    assertThat(ada.get("/api/releases/" + second).json().path("state").asString())
        .isEqualTo("ACTIVE");
  }

  @Test
  void a_candidate_whose_connection_is_gone_counts_as_an_error_of_its_arm() throws SQLException {
    String variant = variant();
    String release =
        release(variant, verdict(variant, Outcome.PASS)).json().path("releaseId").asString();
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM open_connection WHERE provider = '" + provider + "'");
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> call("app/" + application, "x").status() == 404);

    events.awaitPublished(
        ArmReported.class, arm -> arm.releaseId().toString().equals(release) && arm.errors() > 0);
  }

  @Test
  void the_gate_of_a_pipeline_answers_as_a_release_would() {
    String variant = variant();
    String gate = "/api/gates/" + application + "?variant=" + variant;
    assertThat(ada.get(gate).status()).isEqualTo(409);
    UUID passed = verdict(variant, Outcome.PASS);
    await().atMost(Duration.ofSeconds(60)).until(() -> ada.get(gate).status() == 200);
    assertThat(ada.get(gate).json().path("verdictId").asString()).isEqualTo(passed.toString());

    events.publish(
        new CriteriaRegistered(
            application,
            2,
            Digest.ofText("stricter"),
            Digest.ofText("suite"),
            5,
            3,
            List.of(),
            null,
            null),
        application,
        3);

    await().atMost(Duration.ofSeconds(60)).until(() -> ada.get(gate).status() == 409);
    Answer closed = ada.get(gate);
    assertThat(closed.json().path("type").asString()).isEqualTo("/problems/gate-closed");
    assertThat(closed.json().path("missing").toString()).contains(Digest.ofText("stricter").hex());
    assertThat(events.read("plumbline.inference"))
        .noneMatch(message ->
            new String(message.value(), StandardCharsets.UTF_8)
                .contains("/api/gates/" + application));
  }

  private void add(String path) {
    connect(client, provider, NEIGHBOURS.url() + path);
  }

  private Digest digest() {
    return new Digest(
        root.get("/api/providers/" + provider).json().path("connectionDigest").asString());
  }

  private String variant() {
    return variant(ada);
  }

  private String variant(TestClient.TestCaller who) {
    return createVariant(who, variantOf(application, prompt, provider + "/m", Map.of()));
  }

  private Answer answer(String variant) {
    Answer answer = call("variant/" + variant, "hi");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Answer call(String model, String text) {
    return ada.post(
        "/v1/chat/completions",
        Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", text))));
  }

  private UUID verdict(String variant, Outcome outcome) {
    return releases.judge(application, variant, criteria, outcome);
  }

  private String activated(String variant) {
    String release =
        release(variant, verdict(variant, Outcome.PASS)).json().path("releaseId").asString();
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");
    return release;
  }

  private Answer release(String variant, UUID verdict) {
    Map<String, Object> body = new HashMap<>();
    body.put("application", application);
    body.put("variantDigest", variant);
    body.put("verdictId", verdict);
    Answer requested = settled(() -> ada.post("/api/releases", body));
    assertThat(requested.status()).as(requested.body()).isEqualTo(202);
    return requested;
  }
}
