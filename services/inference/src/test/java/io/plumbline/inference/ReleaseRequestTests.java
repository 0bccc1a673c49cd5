package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests requests for releases over HTTP: their environments, and how they are withdrawn. */
class ReleaseRequestTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{"temperature":0}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String application = "mail-" + suffix;
  private TestClient.TestCaller ada;
  private ReleaseSteps releases;
  private String variant = "";
  private UUID verdict = new UUID(0, 0);

  @BeforeEach
  void judge_a_variant() {
    ada = client.as("ada", Role.PROMPT_ENGINEER);
    releases = new ReleaseSteps(events, ada);
    String provider = "r" + suffix;
    connect(client, provider, NEIGHBOURS.url() + "/v1");
    Digest criteria = Digest.ofText("criteria of " + application);
    Digest prompt = prompt();
    events.publish(
        new PromptVersionPublished("mail", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    register(events, application, TaskType.CLASSIFICATION);
    releases.registerCriteria(application, criteria);
    releases.activatePolicy();
    variant = createVariant(ada, variantOf(application, prompt, provider + "/m", Map.of()));
    verdict = releases.judge(application, variant, criteria, Outcome.PASS);
  }

  @Test
  void a_request_is_withdrawn_by_its_requester_alone_and_no_approval_revives_it() {
    String release = requested(request(null));
    String withdraw = "/api/releases/" + release + "/withdraw";
    Map<String, String> why = Map.of("reason", "The wrong variant");

    assertThat(problem(client.as("max", Role.ML_ENGINEER).post(withdraw, why)))
        .isEqualTo("403 /problems/not-the-requester");
    assertThat(problem(client.as("ada", Role.VIEWER).post(withdraw, why)))
        .isEqualTo("403 /problems/forbidden");
    assertThat(client.as("gus", Workspaces.GLOBEX, Role.ML_ENGINEER).post(withdraw, why).status())
        .isEqualTo(404);
    assertThat(problem(ada.post(withdraw, Map.of("reason", ""))))
        .isEqualTo("400 /problems/invalid");
    Answer withdrawn = ada.post(withdraw, why);
    assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(200);

    releases.approve(release, variant);
    // The second release is approved later, so once it is active the first approval has arrived.
    String second = requested(request(null));
    releases.approve(second, variant);
    releases.awaitState(second, "ACTIVE");
    JsonNode kept = ada.get("/api/releases/" + release).json();
    assertThat(kept).isEqualTo(withdrawn.json());
    assertThat(
            List.of(
                kept.path("state").asString(),
                kept.path("reason").asString(),
                kept.path("percent").asString(),
                kept.path("requester").asString()))
        .containsExactly("REJECTED", "withdrawn by its requester: The wrong variant", "0", "ada");
    ReleaseChanged published =
        events.awaitPublished(
            ReleaseChanged.class, event -> event.releaseId().toString().equals(release));
    assertThat(published)
        .isEqualTo(
            new ReleaseChanged(
                UUID.fromString(release),
                application,
                "production",
                new Digest(variant),
                null,
                ReleaseState.REJECTED,
                0,
                "withdrawn by its requester: The wrong variant",
                published.verdictSequence()));
    assertThat(problem(ada.post(withdraw, why))).isEqualTo("409 /problems/release-state");
    Answer active = ada.post("/api/releases/" + second + "/withdraw", why);
    assertThat(problem(active)).isEqualTo("409 /problems/release-state");
    assertThat(active.json().path("detail").asString())
        .startsWith("The release has been ACTIVE since 20")
        .endsWith("Only a request that nobody has decided can be withdrawn.");
  }

  /**
   * Removes the authors, as for versions from before their events named them. A request that still
   * lacked them within its transaction would be answered with 503.
   */
  @Test
  void the_authors_of_an_old_prompt_are_fetched_before_the_transaction_that_needs_them() {
    forgetAuthors();
    requested(request("staging"));

    forgetAuthors();
    createVariant(
        ada,
        variantOf(
            application,
            prompt(),
            "r" + suffix + "/m",
            Map.of("parameters", Map.of("temperature", 0.5))));
  }

  private static Digest prompt() {
    return NEIGHBOURS.publish(PROMPT.strip());
  }

  private static void forgetAuthors() {
    EmbeddedServers.executeAsSuperuser(
        "inference",
        "SET session_replication_role = replica",
        "DELETE FROM prompt_author_projection WHERE prompt_digest = '" + prompt().hex() + "'");
  }

  @Test
  void a_misspelt_environment_is_refused_with_the_list_and_makes_no_request() {
    Answer refused = request("prod");

    assertThat(problem(refused)).isEqualTo("400 /problems/invalid");
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/environment");
    assertThat(refused.json().at("/errors/0/detail").asString())
        .startsWith(
            "must be an environment of application "
                + application
                + ": production, staging, development. 'prod' is none of them.");
    assertThat(problem(gate("prod"))).isEqualTo("400 /problems/invalid");
    assertThat(ada.get("/api/releases?application=" + application).json().path("items")).isEmpty();
    assertThat(
            client
                .as("vera", Role.VIEWER)
                .get("/api/releases/environments?application=" + application)
                .json()
                .toString())
        .isEqualTo("{\"environments\":[\"production\",\"staging\",\"development\"]}");
    assertThat(ada.get("/api/releases/environments").status()).isEqualTo(400);
    requested(request("staging"));
  }

  /** Inserts a release from before there was a list of environments. */
  @Test
  void the_gate_and_a_request_accept_an_environment_that_the_application_has_already() {
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        INSERT INTO release (workspace_id, release_id, application, environment, variant_digest, verdict_id,
          canary_percent, state, requester, requested_at, changed_at, version)
        VALUES ('%s', gen_random_uuid(), '%s', 'prod', '%s', gen_random_uuid(), 0, 'SUPERSEDED', 'ada', now(), now(), 0)
        """
            .formatted(Workspaces.ACME, application, Digest.ofText("former").hex()));
    requested(request("prod"));

    assertThat(gate("prod").status()).as(gate("prod").body()).isEqualTo(200);
    assertThat(problem(gate("prdo"))).isEqualTo("400 /problems/invalid");
  }

  @Test
  void what_serves_is_not_requested_again_where_it_serves() {
    String release = requested(request(null));
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");
    String since = ada.get("/api/releases/" + release).json().path("changedAt").asString();

    Answer again = request(null);

    assertThat(problem(again)).isEqualTo("409 /problems/already-serving");
    assertThat(again.json().path("detail").asString())
        .isEqualTo(
            "Variant %s has served %s in production since %s, by release %s. Release another variant."
                .formatted(variant, application, since, release));
    requested(request("staging"));
  }

  /** Checks what the gate's description in the API says. */
  @Test
  void the_gate_is_open_to_what_serves_already_though_its_request_is_refused() {
    String release = requested(request(null));
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");

    assertThat(gate("production").status()).isEqualTo(200);
    assertThat(problem(request(null))).isEqualTo("409 /problems/already-serving");
  }

  private Answer gate(String environment) {
    return ada.get(
        "/api/gates/" + application + "?variant=" + variant + "&environment=" + environment);
  }

  private Answer request(@Nullable String environment) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "application",
                application,
                "variantDigest",
                variant,
                "verdictId",
                verdict.toString()));
    if (environment != null) {
      body.put("environment", environment);
    }
    return settled(() -> ada.post("/api/releases", body));
  }

  private static String requested(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("releaseId").asString();
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.json().path("type").asString("");
  }
}
