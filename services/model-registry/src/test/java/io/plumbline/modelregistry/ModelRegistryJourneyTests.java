package io.plumbline.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoved;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelCreated;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeWithdrawn;
import io.plumbline.contracts.ModelRegistryEvent.PriceDecision;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.localmodels.ChoiceModel;
import io.plumbline.localmodels.Classifier;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.extract.ExtractReader;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The way of a model from a finished job to a champion, and back. */
@PlumblineTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModelRegistryJourneyTests {

  private static final List<String> LABELS = List.of("personal", "spam");

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;

  private TestClient.TestCaller ada;
  private String model = "";

  @BeforeEach
  void nameAModel() {
    ada = client.as("ada", Role.ML_ENGINEER);
    model = "mail-" + UUID.randomUUID();
  }

  @Test
  void lists_the_installed_models_with_the_digests_they_are_served_under() {
    JsonNode choice =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> ada.get("/api/base-models/local/choice-minilm"),
                answer -> answer.status() == 200)
            .json();
    assertThat(choice.path("modelDigest").asString())
        .isEqualTo(ChoiceModel.digest(EncoderModel.MINILM.digest(), EncoderModel.MAX_TOKENS).hex());
    assertThat(choice.path("description").asString()).contains("not an LLM", "estimate");
    assertThat(choice.path("licence").asString()).isEqualTo("Apache-2.0");
    JsonNode reader =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> ada.get("/api/base-models/local/extract-bge-small"),
                answer -> answer.status() == 200)
            .json();
    assertThat(reader.path("modelDigest").asString())
        .isEqualTo(
            ExtractReader.digest(EncoderModel.BGE_SMALL.digest(), EncoderModel.MAX_TOKENS).hex());
    assertThat(reader.path("kind").asString()).isEqualTo("READER");
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.VIEWER)
                .get("/api/base-models/local/bge-small-en-v1.5")
                .status())
        .isEqualTo(200);
    BaseModelListed published =
        events.awaitPublished(
            BaseModelListed.class, event -> event.model().equals("local/choice-bge-small"));
    assertThat(published.tunable()).isTrue();
    assertThat(published.licence()).isEqualTo("MIT");
  }

  @Test
  void lists_and_revises_aproviders_model() {
    listsAndRevises("openai/model-" + UUID.randomUUID());
    listsAndRevises("shop-gpu/Qwen/model-" + UUID.randomUUID());
  }

  private void listsAndRevises(String name) {
    Map<String, Object> listing =
        Map.of(
            "name",
            name,
            "kind",
            "CHAT",
            "contextWindow",
            128_000,
            "inputPerMillion",
            usd("0.15"),
            "cachedInputPerMillion",
            usd("0.05"),
            "outputPerMillion",
            usd("0.60"),
            "licence",
            "OpenAI terms");
    Answer listed = ada.post("/api/base-models", listing);
    assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
    assertThat(problem(ada.post("/api/base-models", listing)))
        .isEqualTo("409 /problems/already-listed /name");
    String path = "/api/base-models/" + name;
    assertThat(ada.get(path).json().path("name").asString()).isEqualTo(name);
    Map<String, Object> changed = Map.of("contextWindow", 64_000, "deprecatedOn", "2027-01-31");
    assertThat(ada.patch(path, changed).status()).isEqualTo(428);
    assertThat(ada.header("If-Match", "\"7\"").patch(path, changed).status()).isEqualTo(412);
    Answer revised = ada.header("If-Match", listed.header("ETag")).patch(path, changed);
    assertThat(revised.json().path("contextWindow").asInt()).isEqualTo(64_000);
    assertThat(
            problem(
                ada.header("If-Match", revised.header("ETag"))
                    .patch(path, Map.of("inputPerMillion", usd("-1")))))
        .isEqualTo("400 /problems/invalid /inputPerMillion");
    assertThat(client.as("vera", Role.VIEWER).post("/api/base-models", listing).status())
        .isEqualTo(403);
  }

  @Test
  void a_price_holds_once_a_second_person_approved_it() {
    String name = "openai/model-" + UUID.randomUUID();
    String path = "/api/base-models/" + name;
    Answer listed =
        ada.post(
            "/api/base-models",
            Map.of(
                "name",
                name,
                "kind",
                "CHAT",
                "contextWindow",
                128_000,
                "inputPerMillion",
                usd("0.15"),
                "outputPerMillion",
                usd("0.60"),
                "priceReason",
                "the provider's page",
                "licence",
                "OpenAI terms"));
    assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
    assertThat(listed.json().path("inputPerMillion").isNull()).isTrue();
    PriceChangeRequested first = requestedPrice(name, "0.15");
    assertThat(first.reason()).isEqualTo("the provider's page");
    assertThat(first.requester()).isEqualTo("ada");
    assertThat(first.formerInputPerMillion()).isNull();

    decide(first, Decision.APPROVED, "ben");
    JsonNode priced =
        await().until(() -> ada.get(path).json(), model -> !model.path("inputPerMillion").isNull());
    assertThat(priced.at("/inputPerMillion/amount").asString()).isEqualTo("0.15");
    assertThat(priced.path("priceProposedBy").asString()).isEqualTo("ada");
    assertThat(priced.path("priceApprovedBy").asString()).isEqualTo("ben");
    BaseModelListed published =
        events.awaitPublished(
            BaseModelListed.class,
            event -> event.model().equals(name) && event.priceDecision() != null);
    assertThat(published.priceDecision())
        .extracting(PriceDecision::proposedBy, PriceDecision::approvedBy)
        .containsExactly("ada", "ben");

    Answer cheaper =
        ada.header("If-Match", "*").patch(path, Map.of("inputPerMillion", usd("0.0001")));
    assertThat(cheaper.status()).as(cheaper.toString()).isEqualTo(200);
    assertThat(cheaper.json().at("/inputPerMillion/amount").asString()).isEqualTo("0.15");
    assertThat(
            ada.header("If-Match", "*")
                .expectingNoEvent()
                .patch(path, Map.of("inputPerMillion", usd("0.0001")))
                .status())
        .isEqualTo(200);
    PriceChangeRequested second = requestedPrice(name, "0.0001");
    assertThat(second.formerInputPerMillion()).isEqualTo(Money.usd("0.15"));
    decide(second, Decision.APPROVED, "ada");
    await()
        .until(
            () -> proposals(name, "VOIDED").size() == 1 && proposals(name, "REQUESTED").isEmpty());
    assertThat(ada.get(path).json().at("/inputPerMillion/amount").asString()).isEqualTo("0.15");
    assertThat(proposals(name, "APPROVED")).hasSize(1);
  }

  @Test
  void a_proposal_does_not_replace_other_prices_than_those_that_it_was_made_about() {
    String name = "openai/model-" + UUID.randomUUID();
    String path = listWithoutPrices(name);
    TestClient.TestCaller cleo = client.as("cleo", Role.ML_ENGINEER);
    propose(ada, path, "0.15");
    propose(cleo, path, "9");
    PriceChangeRequested first = requestedPrice(name, "0.15");
    PriceChangeRequested second = requestedPrice(name, "9");

    decide(first, Decision.APPROVED, "ben");
    await().until(() -> proposals(name, "APPROVED").size() == 1);
    assertThat(
            events.awaitPublished(
                PriceChangeWithdrawn.class,
                event -> event.proposalId().equals(second.proposalId())))
        .isEqualTo(
            new PriceChangeWithdrawn(
                second.proposalId(),
                name,
                second.digest(),
                "cleo",
                "The prices of %s have changed since. Propose yours again.".formatted(name)));
    decide(second, Decision.APPROVED, "ben");

    propose(cleo, path, "9");
    PriceChangeRequested again =
        events.awaitPublished(
            PriceChangeRequested.class,
            event -> event.model().equals(name) && event.formerInputPerMillion() != null);
    decide(again, Decision.APPROVED, "ben");
    await().until(() -> proposals(name, "APPROVED").size() == 2);
    assertThat(proposals(name, "OUTDATED")).hasSize(1);
    assertThat(ada.get(path).json().at("/inputPerMillion/amount").asString()).isEqualTo("9");
  }

  @Test
  void a_proposal_that_does_not_say_which_prices_it_replaces_is_not_put_in_force() {
    String name = "openai/model-" + UUID.randomUUID();
    String path = listWithoutPrices(name);
    propose(ada, path, "0.15");
    PriceChangeRequested requested = requestedPrice(name, "0.15");
    EmbeddedServers.executeAsSuperuser(
        "model-registry",
        "SET session_replication_role = replica",
        "UPDATE price_proposal SET former_digest = NULL WHERE model = '%s'".formatted(name));

    decide(requested, Decision.APPROVED, "ben");

    await().until(() -> proposals(name, "OUTDATED").size() == 1);
    assertThat(ada.get(path).json().path("inputPerMillion").isNull()).isTrue();
  }

  @Test
  void only_its_requester_withdraws_a_proposal_of_prices() {
    String name = "openai/model-" + UUID.randomUUID();
    propose(ada, listWithoutPrices(name), "0.15");
    PriceChangeRequested requested = requestedPrice(name, "0.15");
    String withdraw = "/api/price-proposals/" + requested.proposalId() + "/withdraw";

    assertThat(problem(client.as("cleo", Role.ML_ENGINEER).post(withdraw, Map.of())))
        .startsWith("403 /problems/foreign-proposal");
    assertThat(ada.post(withdraw, Map.of()).json().path("state").asString()).isEqualTo("WITHDRAWN");
    assertThat(problem(ada.post(withdraw, Map.of()))).startsWith("409 /problems/proposal-closed");
    assertThat(
            events
                .awaitPublished(
                    PriceChangeWithdrawn.class,
                    event -> event.proposalId().equals(requested.proposalId()))
                .reason())
        .isEqualTo("Its requester withdrew it.");
  }

  @Test
  void one_person_does_not_fill_the_proposals_of_prices_of_a_workspace() {
    TestClient.TestCaller dora = client.as("dora", Role.ML_ENGINEER);
    String name = "openai/model-" + UUID.randomUUID();
    String path = listWithoutPrices(name);
    EmbeddedServers.executeAsSuperuser(
        "model-registry",
        """
        INSERT INTO price_proposal (workspace_id, id, model, digest, input_per_million, output_per_million, currency,
          reason, requester, requested_at, state)
        SELECT '%s', gen_random_uuid(), '%s', 'x', 1, 1, 'USD', 'one of many', 'dora', now(), 'REQUESTED'
        FROM generate_series(1, 250)
        """
            .formatted(Workspaces.ACME, name));
    Map<String, Object> prices = Map.of("inputPerMillion", usd("1"), "outputPerMillion", usd("1"));

    Answer refused = dora.header("If-Match", "*").patch(path, prices);
    assertThat(problem(refused)).startsWith("409 /problems/quota-reached");
    assertThat(refused.json().path("detail").asString())
        .contains("Your account has 250", "plumbline.base-models.requested-prices-per-person");
    propose(ada, path, "1");
    EmbeddedServers.executeAsSuperuser(
        "model-registry",
        "SET session_replication_role = replica",
        "DELETE FROM price_proposal WHERE requester = 'dora'");
  }

  private String listWithoutPrices(String name) {
    Answer listed =
        ada.post(
            "/api/base-models",
            Map.of("name", name, "kind", "CHAT", "contextWindow", 8_000, "licence", "terms"));
    assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
    return "/api/base-models/" + name;
  }

  private void propose(TestClient.TestCaller caller, String path, String input) {
    Answer proposed =
        caller
            .header("If-Match", "*")
            .patch(path, Map.of("inputPerMillion", usd(input), "outputPerMillion", usd(input)));
    assertThat(proposed.status()).as(proposed.toString()).isEqualTo(200);
  }

  private List<JsonNode> proposals(String name, String state) {
    return ada.get("/api/price-proposals?model=" + name + "&state=" + state)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  private PriceChangeRequested requestedPrice(String name, String input) {
    return events.awaitPublished(
        PriceChangeRequested.class,
        event -> event.model().equals(name) && event.inputPerMillion().equals(Money.usd(input)));
  }

  private void decide(PriceChangeRequested prices, Decision decision, String person) {
    UUID approval = UUID.randomUUID();
    events.publish(
        new ApprovalDecided(
            approval,
            UUID.randomUUID(),
            "base-model.price-change-requested",
            prices.proposalId(),
            prices.digest(),
            decision,
            person,
            "looked at it",
            null,
            null,
            null),
        approval.toString(),
        1);
  }

  @Test
  void registers_what_a_job_made_and_refuses_what_none_did() throws Exception {
    create();
    assertThat(
            events
                .awaitPublished(ModelCreated.class, event -> event.model().equals(model))
                .descriptionDigest())
        .isNotNull();
    String versions = "/api/models/" + model + "/versions";
    assertThat(problem(ada.post(versions, Map.of("jobId", UUID.randomUUID()))))
        .isEqualTo("409 /problems/not-yet-known /jobId");
    UUID failed = finish(RunOutcome.FAILED, null);
    assertThat(problem(awaitKnown(failed))).isEqualTo("422 /problems/job-not-succeeded /jobId");
    UUID lost = finish(RunOutcome.SUCCEEDED, Digest.ofText("nowhere"));
    assertThat(problem(awaitKnown(lost))).isEqualTo("422 /problems/unusable-artifact /jobId");

    Digest artifact = artifact(1);
    UUID job = finish(RunOutcome.SUCCEEDED, artifact);
    Answer registered = awaitKnown(job);
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    assertThat(registered.json().path("lineage").path("encoder").asString())
        .isEqualTo("all-minilm-l6-v2");
    assertThat(problem(ada.post(versions, Map.of("jobId", job))))
        .isEqualTo("409 /problems/already-registered /jobId");
    ModelVersionRegistered published =
        events.awaitPublished(ModelVersionRegistered.class, event -> event.model().equals(model));
    assertThat(published)
        .isEqualTo(
            new ModelVersionRegistered(
                model,
                1,
                artifact,
                artifact,
                "local/choice-minilm",
                ChoiceModel.digest(EncoderModel.MINILM.digest(), EncoderModel.MAX_TOKENS),
                job,
                Digest.ofText("dataset"),
                LABELS,
                "ada",
                List.of("ada", "dan")));

    String card = versions + "/1/card";
    assertThat(ada.get(card).json().path("labels").path(0).asString()).isEqualTo("personal");
    Answer markdown = ada.header("Accept", "text/markdown").get(card);
    assertThat(markdown.header("Content-Type")).startsWith("text/markdown");
    assertThat(markdown.body()).startsWith("# " + model + " version 1");
    assertThat(client.as("gus", Workspaces.GLOBEX, Role.ML_ENGINEER).get(versions + "/1").status())
        .isEqualTo(404);
    assertThat(ada.get(versions).json().path("items").size()).isEqualTo(1);
  }

  @Test
  void moves_the_champion_on_approval_and_back_without_one() throws Exception {
    create();
    register(artifact(1));
    register(artifact(2));
    String aliases = "/api/models/" + model + "/aliases";
    assertThat(ada.put(aliases + "/challenger", Map.of("version", 2)).status()).isEqualTo(200);
    assertThat(problem(ada.put(aliases + "/challenger", Map.of("version", 9))))
        .isEqualTo("422 /problems/unknown-version /version");

    assertThat(problem(ada.put(aliases + "/champion", Map.of("version", 1))))
        .startsWith("409 /problems/no-standing-verdict");
    prove(artifact(1));
    prove(artifact(2));
    champion(1, artifact(1));
    champion(2, artifact(2));
    Answer never =
        ada.post(aliases + "/challenger/rollback", Map.of("version", 1, "reason", "try"));
    assertThat(never.json().path("missing").size()).isEqualTo(1);
    assertThat(ada.post(aliases + "/champion/rollback", Map.of("version", 1)).status())
        .isEqualTo(400);
    Answer back =
        client
            .as("sam", Role.SRE)
            .post(
                aliases + "/champion/rollback",
                Map.of("version", 1, "reason", "worse on real mail"));
    assertThat(back.status()).as(back.toString()).isEqualTo(200);
    assertThat(championVersion()).isEqualTo(1);
    JsonNode history = ada.get(aliases + "/champion/history").json().path("items");
    assertThat(
            history
                .valueStream()
                .map(move -> move.path("kind").asString() + move.path("to").asInt()))
        .containsExactly("ROLLBACK1", "APPROVED2", "APPROVED1");
    AliasMoved published =
        events.awaitPublished(
            AliasMoved.class, championMoved(1).and(event -> event.from() != null));
    assertThat(published)
        .isEqualTo(
            new AliasMoved(model, "champion", 2, 1, artifact(1), null, "worse on real mail"));
  }

  /** Before, the older PASS opened the gate. */
  @Test
  void a_failure_among_the_dead_letters_closes_the_protected_aliases_of_its_model()
      throws Exception {
    create();
    register(artifact(1));
    prove(artifact(1));
    UUID requested = request(1);
    EmbeddedServers.executeAsSuperuser(
        "model-registry",
        "ALTER TABLE verdict ADD CONSTRAINT no_failures CHECK (outcome <> 'FAIL') NOT VALID");
    VerdictIssued failed = EvidenceFixture.verdict(model, 2, 1, artifact(1), Outcome.FAIL);
    events.publish(failed, failed.verdictId().toString(), 1);

    decide(requested, artifact(1), Decision.APPROVED);

    TestClient.TestCaller sam = client.as("sam", Role.SRE);
    long letter =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> sam.get("/api/dead-letters").json().path("items"), items -> !items.isEmpty())
            .path(0)
            .path("deadLetterId")
            .asLong();
    assertThat(championVersion()).isZero();
    assertThat(problem(ada.put("/api/models/" + model + "/aliases/champion", Map.of("version", 1))))
        .startsWith("409 /problems/evidence-set-aside");
    EmbeddedServers.executeAsSuperuser(
        "model-registry", "ALTER TABLE verdict DROP CONSTRAINT no_failures");
    assertThat(sam.post("/api/dead-letters/" + letter + "/replay", null).status()).isEqualTo(200);
    String history = "/api/models/" + model + "/aliases/champion/history";
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ada.get(history).json().at("/items/0/state").asString("").equals("VOID"));
    assertThat(championVersion()).isZero();
  }

  @Test
  void leaves_the_alias_where_it_is_when_the_move_is_rejected_or_another_digest_was_approved()
      throws Exception {
    create();
    register(artifact(1));
    register(artifact(2));
    prove(artifact(1));
    prove(artifact(2));
    champion(1, artifact(1));
    decide(request(2), artifact(2), Decision.REJECTED);
    decide(request(2), artifact(1), Decision.APPROVED);
    String history = "/api/models/" + model + "/aliases/champion/history";
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    ada.get(history)
                        .json()
                        .path("items")
                        .valueStream()
                        .map(move -> move.path("state").asString()))
                .containsExactly("VOID", "REJECTED", "MOVED"));
    assertThat(championVersion()).isEqualTo(1);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "model-registry")
        .emptying("training_job", "variant", "criteria", "verdict")
        .verifyStateUnchanged();
  }

  private void create() {
    Answer created = ada.post("/api/models", Map.of("name", model, "description", "Sorts mail."));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
  }

  private void register(Digest artifact) {
    Answer registered = awaitKnown(finish(RunOutcome.SUCCEEDED, artifact));
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
  }

  private void prove(Digest artifact) {
    events.publish(EvidenceFixture.criteria(model, 1), model, 1);
    events.publish(EvidenceFixture.variant(model, artifact), artifact.hex(), 1);
    VerdictIssued verdict = EvidenceFixture.verdict(model, 1, artifact, Outcome.PASS);
    events.publish(verdict, verdict.verdictId().toString(), 1);
  }

  private void champion(int version, Digest digest) {
    decide(request(version), digest, Decision.APPROVED);
    await().atMost(Duration.ofSeconds(60)).until(() -> championVersion() == version);
  }

  private UUID request(int version) {
    String path = "/api/models/" + model + "/aliases/champion";
    UUID move =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  // The request is refused until the verdict has arrived.
                  Answer requested =
                      await()
                          .until(
                              () -> ada.put(path, Map.of("version", version)),
                              answer -> answer.status() == 202);
                  return UUID.fromString(requested.json().path("aliasMoveId").asString());
                },
                // A request that is still open is returned again until the decision about it has
                // arrived.
                id ->
                    events.published(ApprovalDecided.class).stream()
                        .noneMatch(decided -> decided.requestId().equals(id)));
    events.awaitPublished(AliasMoveRequested.class, event -> event.aliasMoveId().equals(move));
    return move;
  }

  private void decide(UUID move, Digest digest, Decision decision) {
    UUID approval = UUID.randomUUID();
    events.publish(
        new ApprovalDecided(
            approval,
            UUID.randomUUID(),
            "model.alias-move-requested",
            move,
            digest,
            decision,
            "ben",
            "looked at it",
            null,
            null,
            null),
        approval.toString(),
        1);
  }

  private int championVersion() {
    return ada.get("/api/models/" + model + "/aliases")
        .json()
        .path("items")
        .valueStream()
        .filter(alias -> alias.path("alias").asString().equals("champion"))
        .mapToInt(alias -> alias.path("version").asInt())
        .findFirst()
        .orElse(0);
  }

  private Predicate<AliasMoved> championMoved(int to) {
    return event ->
        event.model().equals(model) && event.alias().equals("champion") && event.to() == to;
  }

  private UUID finish(RunOutcome outcome, @org.jspecify.annotations.Nullable Digest artifact) {
    UUID job = UUID.randomUUID();
    events.publish(
        new JobFinished(
            job,
            "mail-triage",
            "local/choice-minilm",
            "HEAD",
            outcome,
            Digest.ofText("dataset"),
            Digest.ofText("split"),
            artifact,
            artifact == null ? null : Digest.ofText("checkpoint"),
            Map.of("epochs", "20"),
            Map.of("macro_f1", 0.9),
            LABELS,
            Money.usd("0.001"),
            12,
            "ada",
            List.of("ada", "dan")),
        job.toString(),
        3);
    return job;
  }

  /** Retries as our own clients do while a reference is not known yet. */
  private Answer awaitKnown(UUID job) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> ada.post("/api/models/" + model + "/versions", Map.of("jobId", job)),
            answer -> !answer.body().contains("not-yet-known"));
  }

  private Digest artifact(int number) throws Exception {
    float[][] weights = new float[2][EncoderModel.DIMENSIONS];
    weights[0][0] = number;
    // The artifact is unique to this test: verdicts concern content, and another test may have
    // proved the same content.
    weights[1][0] = model.hashCode();
    Classifier classifier =
        new Classifier(EncoderModel.MINILM, 128, LABELS, 20, weights, new float[2]);
    return Caller.system(Workspaces.ACME).call(() -> blobs.put(classifier.bytes()));
  }

  private static Map<String, String> usd(String amount) {
    return Map.of("amount", amount, "currency", "USD");
  }

  private static String problem(Answer answer) {
    return answer.status()
        + " "
        + answer.json().path("type").asString()
        + " "
        + answer.json().path("errors").path(0).path("pointer").asString();
  }
}
