package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forges an approval with everything that {@code evaluation} has. The ledger keeps the forged event
 * as what it is, and holds.
 */
@ExtendWith(Platform.class)
class UntrustedEventIT {

  private static final Duration EVENT_DELAY = Duration.ofSeconds(30);
  private static final String TYPE = "io.plumbline.approval.decided.v1";
  private static final UUID ACME = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final String LETTERS = "/api/services/strategy/dead-letters";

  private final ApiUser ada = Platform.user("ada");
  private final ApiUser ben = Platform.user("ben");
  private final ApiUser sam = Platform.user("sam");
  private final String name = Platform.uniqueName("forged");
  private final BrokerIntruder evaluation = BrokerIntruder.as("evaluation");
  private String waiver = "";
  private JsonNode approval = JsonMapper.shared().nullNode();

  @BeforeEach
  void request_a_waiver() {
    ada.post("/api/applications", ResourceKind.APPLICATION.body(name)).expect(201);
    GovernedApplication application = new GovernedApplication(name);
    waiver =
        application
            .requestWaiver("Only to have something to approve")
            .expect(202)
            .text("/waiverId");
    String id = application.awaitApproval(waiver).at("/approvalId").asString();
    approval = ben.get("/api/approvals/" + id).expect(200).json();
  }

  @AfterEach
  void close() {
    evaluation.close();
  }

  @Test
  void a_stolen_service_approves_nothing() {
    byte[] value = approved();
    List<String> forged = new ArrayList<>();
    for (Map<String, String> headers :
        List.of(
            BrokerIntruder.envelope("/compliance", TYPE, ACME),
            evaluation.sign(BrokerIntruder.envelope("/compliance", TYPE, ACME), value),
            evaluation.sign(BrokerIntruder.envelope("/evaluation", TYPE, ACME), value))) {
      assertThat(evaluation.send("plumbline.evaluation", headers, value)).isEmpty();
      forged.add(headers.get("ce_id"));
    }
    Map<String, String> asCompliance =
        evaluation.sign(BrokerIntruder.envelope("/compliance", TYPE, ACME), value);
    Optional<Throwable> refusal = evaluation.send("plumbline.compliance", asCompliance, value);
    if (evaluation.isAuthenticated()) {
      assertThat(refusal).containsInstanceOf(AuthorizationException.class);
    } else {
      forged.add(asCompliance.get("ce_id"));
    }

    List<JsonNode> kept = awaitDeadLetters(forged);
    System.out.printf("%d forged approvals: %s%n", forged.size(), causes(kept));
    for (JsonNode letter : kept) {
      String replay = LETTERS + "/" + letter.at("/deadLetterId").asString() + "/replay";
      assertThat(sam.post(replay, Map.of()).status()).isEqualTo(409);
    }
    assertThat(state()).isEqualTo("REQUESTED");
    assertThat(ben.get("/api/approvals/" + approvalId()).expect(200).text("/state"))
        .isEqualTo("PENDING");
    assertGenuineOneCounts();
    assertLedgerHolds(forged);
  }

  /**
   * Checks that a genuine approval counts. Otherwise the forged ones may have failed for another
   * reason than the forgery.
   */
  private void assertGenuineOneCounts() {
    ben.post(
            "/api/approvals/" + approvalId() + "/decisions",
            Map.of("decision", "APPROVED", "reason", "The genuine one"))
        .expect(200);
    ada.await(
        "the waiver to be approved",
        EVENT_DELAY,
        waiverPath(),
        each -> each.at("/state").asString().equals("APPROVED"));
  }

  /**
   * Checks that the ledger has a warning for each forged event, and shows none of them as anybody's
   * decision.
   */
  private void assertLedgerHolds(List<String> forged) {
    List<JsonNode> entries =
        ada.await(
                "the refused entries in the audit",
                EVENT_DELAY,
                "/api/audit?object=forged&outcome=REFUSED&limit=100",
                list -> entries(list, forged).size() == forged.size())
            .at("/items")
            .valueStream()
            .toList();
    for (JsonNode entry : entries) {
      assertThat(entry.at("/warnings").toString()).contains("NOT_AUTHENTIC");
      assertThat(entry.at("/actor").asString()).isEmpty();
    }
    Platform.Outcome outcome = Platform.command("verify-ledger");
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output().lines().filter(line -> line.startsWith("REFUSED")).count())
        .isGreaterThanOrEqualTo(forged.size());
  }

  private static List<JsonNode> entries(JsonNode list, List<String> eventIds) {
    return list.at("/items")
        .valueStream()
        .filter(entry -> eventIds.contains(entry.at("/attributes/ce_id").asString()))
        .toList();
  }

  private List<JsonNode> awaitDeadLetters(List<String> eventIds) {
    return letters(
        sam.await(
            "the dead letters",
            EVENT_DELAY,
            LETTERS + "?limit=100",
            list -> letters(list, eventIds).size() == eventIds.size()),
        eventIds);
  }

  private static List<JsonNode> letters(JsonNode list, List<String> eventIds) {
    return list.at("/items")
        .valueStream()
        .filter(letter -> eventIds.contains(letter.at("/eventId").asString()))
        .toList();
  }

  private static List<String> causes(List<JsonNode> letters) {
    return letters.stream().map(letter -> letter.at("/cause").asString()).toList();
  }

  private byte[] approved() {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "approvalId",
                approvalId(),
                "requestEventId",
                UUID.randomUUID(),
                "requestType",
                "waiver.requested",
                "requestId",
                waiver,
                "subjectDigest",
                approval.at("/subjectDigest").asString(),
                "decision",
                "APPROVED",
                "decidedBy",
                "ben"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String approvalId() {
    return approval.at("/approvalId").asString();
  }

  private String state() {
    return ada.get(waiverPath()).expect(200).text("/state");
  }

  private String waiverPath() {
    return "/api/applications/" + name + "/waivers/" + waiver;
  }
}
