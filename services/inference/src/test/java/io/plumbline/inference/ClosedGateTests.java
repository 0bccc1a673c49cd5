package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.projection.SplitEvidence;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.job.JobPostponed;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests the release gate while a verdict that this service could not apply is a dead letter. */
class ClosedGateTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{"temperature":0}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired SplitEvidence splits;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String application = "gated-" + suffix;
  private final Digest criteria = Digest.ofText("criteria of " + application);
  private TestClient.TestCaller ada;
  private TestClient.TestCaller sam;
  private ReleaseSteps releases;
  private Digest prompt;
  private String provider;

  @BeforeEach
  void govern() {
    ada = client.as("ada", Role.PROMPT_ENGINEER);
    sam = client.as("sam", Role.SRE);
    releases = new ReleaseSteps(events, ada);
    provider = "g" + suffix;
    connect(client, provider, NEIGHBOURS.url() + "/v1");
    prompt = NEIGHBOURS.publish(PROMPT.strip());
    events.publish(
        new PromptVersionPublished("mail", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    register(events, application, TaskType.CLASSIFICATION);
    releases.registerCriteria(application, criteria);
    releases.activatePolicy();
  }

  @AfterEach
  void let_all_verdicts_in() {
    EmbeddedServers.executeAsSuperuser(
        "inference", "ALTER TABLE verdict_projection DROP CONSTRAINT IF EXISTS no_failures");
  }

  /** Before, the older PASS opened the gate: the request was 202. */
  @Test
  void a_failure_among_the_dead_letters_closes_the_gate_of_its_variant_alone() {
    String variant = variant(1);
    UUID passed = releases.judge(application, variant, criteria, Outcome.PASS);
    String other = variant(2);
    UUID otherPassed = releases.judge(application, other, criteria, Outcome.PASS);
    long letter = failUnseen(variant);

    Answer refused = request(variant, passed, 0);

    assertThat(problem(refused)).isEqualTo("409 /problems/evidence-set-aside");
    assertThat(refused.json().path("detail").asString())
        .startsWith("Dead letter " + letter + " of this service could change the answer.");
    assertThat(problem(ada.get("/api/gates/%s?variant=%s".formatted(application, variant))))
        .isEqualTo("409 /problems/evidence-set-aside");
    assertThat(request(other, otherPassed, 0).status()).isEqualTo(202);

    let_all_verdicts_in();
    assertThat(sam.post("/api/dead-letters/" + letter + "/replay", null).status()).isEqualTo(200);

    assertThat(problem(request(variant, passed, 0))).isEqualTo("409 /problems/verdict-failed");
  }

  @Test
  void an_approved_release_waits_for_its_evidence_and_starts_once_two_people_accept() {
    String first = served(variant(1));
    String variant = variant(2);
    String release = requested(variant, 20);
    long letter = failUnseen(variant);

    releases.approve(release, variant);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(read(release).path("reason").asString())
                .startsWith("waits for its evidence: Dead letter " + letter));
    assertThat(read(release).path("state").asString()).isEqualTo("APPROVED");
    String other = served(variant(3));
    assertThat(read(first).path("state").asString()).isEqualTo("SUPERSEDED");
    String accept = "/api/dead-letters/" + letter + "/accept";
    assertThat(sam.post(accept, Map.of("reason", "The verdict was a mistake.")).status())
        .isEqualTo(200);
    assertThat(client.as("sue", Role.SRE).post(accept, Map.of("reason", "Seen.")).status())
        .isEqualTo(200);

    releases.awaitState(release, "CANARY");
    assertThat(read(other).path("state").asString()).isEqualTo("ACTIVE");
  }

  @Test
  void promotion_is_closed_while_halts_and_rollbacks_are_not() {
    served(variant(1));
    String second = variant(2);
    String serving = served(second);
    String variant = variant(3);
    String canary = requested(variant, 20);
    releases.approve(canary, variant);
    releases.awaitState(canary, "CANARY");
    failUnseen(variant);
    failUnseen(second);
    Map<String, String> why = Map.of("reason", "it is worse");

    assertThat(problem(sam.post("/api/releases/" + canary + "/promote", why)))
        .isEqualTo("409 /problems/evidence-set-aside");
    assertThat(sam.post("/api/releases/" + canary + "/halt", why).json().path("state").asString())
        .isEqualTo("HALTED");
    assertThat(
            sam.post("/api/releases/" + serving + "/rollback", why).json().path("state").asString())
        .isEqualTo("ROLLED_BACK");
  }

  @Test
  void an_index_whose_dataset_was_withdrawn_does_not_start() {
    Digest version = Digest.ofText("version of " + application);
    Digest split = Digest.ofText("split of " + application);
    Subset documents = new Subset(Digest.ofText("documents"), 1);
    events.publish(
        new SplitDefined(application, 1, version, split, Map.of("documents", documents), 0),
        split.hex(),
        1);
    Caller acme = Caller.system(Workspaces.ACME);
    admit(version, 2, Outcome.PASS, List.of("INDEX"));
    acme.run(() -> splits.requireComplete(split));
    acme.run(() -> splits.requireStillAdmitted(UUID.randomUUID(), split, "INDEX"));

    admit(version, 3, Outcome.FAIL, List.of());

    acme.run(() -> splits.requireComplete(split));
    assertThatThrownBy(
            () -> acme.run(() -> splits.requireStillAdmitted(UUID.randomUUID(), split, "INDEX")))
        .isInstanceOf(JobPostponed.class)
        .hasMessage(
            "Waits to start: version 1 of dataset %s is no longer admitted to INDEX.", application);
  }

  @Test
  void an_index_of_an_unknown_split_does_not_start() {
    Digest split = Digest.ofText("split that never arrived of " + application);

    assertThatThrownBy(() ->
            Caller.system(Workspaces.ACME)
                .run(() -> splits.requireStillAdmitted(UUID.randomUUID(), split, "INDEX")))
        .isInstanceOf(JobPostponed.class)
        .hasMessage("Waits to start: the event of split %s has not arrived.", split);
  }

  private void admit(Digest version, int revision, Outcome outcome, List<String> purposes) {
    events.publish(
        new AdmissionDecided(application, 1, version, outcome, purposes, List.of(), null),
        version.hex(),
        revision);
  }

  private String variant(int number) {
    return createVariant(
        ada,
        variantOf(
            application, prompt, provider + "/m", Map.of("parameters", Map.of("seed", number))));
  }

  /** Issues a verdict FAIL that the database refuses, and returns the id of its dead letter. */
  private long failUnseen(String variant) {
    let_all_verdicts_in();
    EmbeddedServers.executeAsSuperuser(
        "inference",
        "ALTER TABLE verdict_projection ADD CONSTRAINT no_failures CHECK (outcome <> 'FAIL') NOT"
            + " VALID");
    String failed = releases.issue(application, variant, criteria, 2, Outcome.FAIL).toString();
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                sam.get("/api/dead-letters?limit=100")
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(each -> each.path("key").asString().equals(failed))
                    .filter(each ->
                        each.path("type").asString().equals(EventTypes.typeOf(VerdictIssued.class)))
                    .map(each -> each.path("deadLetterId").asLong())
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  private String served(String variant) {
    String release = requested(variant, 0);
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");
    return release;
  }

  private String requested(String variant, int canaryPercent) {
    UUID passed = releases.judge(application, variant, criteria, Outcome.PASS);
    Answer answer = request(variant, passed, canaryPercent);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("releaseId").asString();
  }

  private Answer request(String variant, UUID verdict, int canaryPercent) {
    return ada.post(
        "/api/releases",
        Map.of(
            "application",
            application,
            "variantDigest",
            variant,
            "verdictId",
            verdict,
            "canaryPercent",
            canaryPercent));
  }

  private JsonNode read(String release) {
    return ada.get("/api/releases/" + release).json();
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.json().path("type").asString();
  }
}
