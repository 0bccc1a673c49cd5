package io.plumbline.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Follows an event of another service until its entry can be proved and found. */
@ComplianceTest
class ComplianceJourneyTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  @Test
  void an_event_becomes_an_entry_that_is_proved_found_and_only_its_workspace_s() {
    String prompt = "journey-" + UUID.randomUUID();
    UUID event =
        events.publish(
            new PromptVersionPublished(prompt, 1, Digest.ofText("v1"), null, "ada", "first"),
            prompt,
            1,
            Workspaces.ACME,
            "ada");
    deliverAgain(event, prompt);
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);

    JsonNode found =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> items(vera, "/api/audit?object=" + prompt), entries -> !entries.isEmpty());
    assertThat(found.size()).isEqualTo(1);
    JsonNode entry = found.get(0);
    assertThat(entry.get("eventId").asString()).isEqualTo(event.toString());
    assertThat(entry.get("actor").asString()).isEqualTo("ada");
    assertThat(entry.get("payload").get("message").asString()).isEqualTo("first");

    long index = entry.get("index").asLong();
    JsonNode head = vera.get("/api/ledger/head").json();
    JsonNode proof =
        vera.get(
                "/api/ledger/entries/" + index + "/proof?treeSize=" + head.get("treeSize").asLong())
            .json();
    assertThat(proof.get("root")).isEqualTo(head.get("root"));
    assertThat(
            ProofCheck.verifyInclusion(
                index,
                head.get("treeSize").asLong(),
                bytes(entry.get("leafHash")),
                path(proof),
                bytes(head.get("root"))))
        .isTrue();

    JsonNode consistency =
        vera.get("/api/ledger/consistency?from=1&to=" + head.get("treeSize").asLong()).json();
    assertThat(
            ProofCheck.verifyConsistency(
                1,
                head.get("treeSize").asLong(),
                bytes(consistency.get("fromRoot")),
                bytes(head.get("root")),
                path(consistency)))
        .isTrue();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            client.as("cleo", Role.COMPLIANCE_OFFICER).post("/api/ledger/verify", null).status()
                == 202);
    JsonNode verification =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> vera.get("/api/ledger/verification").json(),
                read -> !read.get("running").asBoolean());
    assertThat(verification.get("last").get("findings").valueStream()).isEmpty();

    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.VIEWER);
    assertThat(items(gus, "/api/audit?object=" + prompt).size()).isZero();
    assertThat(gus.get("/api/ledger/entries/" + index).status()).isEqualTo(404);
    assertThat(gus.get("/api/ledger/entries/" + index + "/proof").status()).isEqualTo(404);
    assertThat(gus.get("/api/audit/" + index).status()).isEqualTo(404);
  }

  @Test
  void strategy_receives_the_index_of_its_event() {
    String application = "receipt-" + UUID.randomUUID();
    UUID event =
        events.publish(
            new CriteriaRegistered(
                application,
                1,
                Digest.ofText("c"),
                Digest.ofText("s"),
                5,
                3,
                List.<Criterion>of(),
                null,
                null),
            application,
            1);

    ComplianceEvent.ReceiptIssued receipt =
        events.awaitPublished(
            ComplianceEvent.ReceiptIssued.class, each -> each.eventId().equals(event));

    assertThat(receipt.source()).isEqualTo("strategy");
    assertThat(receipt.subject()).isEqualTo(application);
  }

  @Test
  void what_no_service_of_ours_would_send_is_kept_and_found_all_the_same() {
    String object = "strange-" + UUID.randomUUID();
    Map<String, String> headers =
        Map.of(
            "ce_id",
            object,
            "ce_source",
            "/prompt-registry",
            "ce_type",
            "io.plumbline.tomorrow.invented.v1",
            "ce_subject",
            object,
            "ce_time",
            "+99999-01-01T00:00:00Z",
            "ce_workspace",
            Workspaces.ACME.toString());
    events.send(
        EventTypes.topicOf("prompt-registry"),
        object,
        headers,
        "\u0000 no json".getBytes(StandardCharsets.UTF_8));
    events.send(EventTypes.topicOf("training"), object, Map.of(), new byte[] {0, -1});
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);

    JsonNode found =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> items(vera, "/api/audit?object=" + object), entries -> !entries.isEmpty());

    assertThat(found.get(0).get("payload").asString()).isEqualTo("\u0000 no json");
    assertThat(items(vera, "/api/audit?type=tomorrow.invented&actor=").size())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void heads_are_signed_though_nothing_happens() {
    ComplianceEvent.HeadSigned first = events.awaitPublished(ComplianceEvent.HeadSigned.class);

    ComplianceEvent.HeadSigned later =
        events.awaitPublished(
            ComplianceEvent.HeadSigned.class, head -> head.signedAt().isAfter(first.signedAt()));

    assertThat(later.keyId()).isEqualTo(first.keyId());
    assertThat(
            client
                .as("vera", Role.VIEWER)
                .get("/api/ledger/keys")
                .json()
                .get("items")
                .get(0)
                .get("keyId")
                .asString())
        .isEqualTo(first.keyId());
  }

  @Test
  void an_export_equals_its_filter_and_is_itself_recorded() {
    String prompt = "export-" + UUID.randomUUID();
    events.publish(
        new PromptVersionPublished(prompt, 1, Digest.ofText("v1"), null, "ada", "first"),
        prompt,
        1);
    events.publish(
        new PromptVersionPublished(prompt, 2, Digest.ofText("v2"), null, "ada", "second"),
        prompt,
        2);
    TestClient.TestCaller cleo = client.as("cleo", Role.COMPLIANCE_OFFICER);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> items(cleo, "/api/audit?object=" + prompt).size() == 2);

    TestClient.Answer export = cleo.get("/api/audit/export?object=" + prompt);

    assertThat(export.body().lines()).hasSize(2);
    assertThat(events.awaitPublished(ComplianceEvent.AuditExported.class).filter())
        .containsEntry("object", prompt);
    for (Role role : List.of(Role.VIEWER, Role.APPROVER, Role.SRE, Role.ADMIN)) {
      assertThat(client.as("sam", role).get("/api/audit/export").status())
          .as("export by " + role)
          .isEqualTo(403);
    }
  }

  @Test
  void wrong_questions_are_refused_with_the_field() {
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);
    assertThat(vera.get("/api/ledger/entries/nonsense").status()).isEqualTo(400);
    assertThat(vera.get("/api/ledger/consistency?from=5&to=2").status()).isEqualTo(400);
    assertThat(
            vera.get("/api/ledger/consistency?from=-1").json().at("/errors/0/pointer").asString())
        .isEqualTo("from");
    assertThat(vera.get("/api/audit?from=yesterday").status()).isEqualTo(400);
    assertThat(
            vera.get("/api/audit?from=%2B1000000000-01-01T00:00:00Z")
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("from");
    assertThat(
            vera.get("/api/audit?to=-1000000000-01-01T00:00:00Z")
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("to");
    assertThat(vera.get("/api/ledger/entries/999999999").status()).isEqualTo(404);
  }

  /** Sends the same bytes once more, like a relay that missed the first acknowledgement. */
  private void deliverAgain(UUID event, String key) {
    String topic = EventTypes.topicOf("prompt-registry");
    ConsumerRecord<byte[], byte[]> first =
        events.read(topic).stream()
            .filter(message -> TestEventClient.header(message, "ce_id").equals(event.toString()))
            .findFirst()
            .orElseThrow();
    Map<String, String> headers = new LinkedHashMap<>();
    first
        .headers()
        .forEach(header -> headers.put(header.key(), TestEventClient.header(first, header.key())));
    events.send(topic, key, headers, first.value());
  }

  private static JsonNode items(TestClient.TestCaller who, String path) {
    TestClient.Answer answer = who.get(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().get("items");
  }

  private static List<byte[]> path(JsonNode proof) {
    return proof.get("path").valueStream().map(ComplianceJourneyTests::bytes).toList();
  }

  private static byte[] bytes(JsonNode digest) {
    return new Digest(digest.asString()).bytes();
  }
}
