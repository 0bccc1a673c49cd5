package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.DeadLetter;
import io.plumbline.platform.event.DeadLetters;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.signature.Authenticity;
import io.plumbline.platform.test.EventKeys;
import io.plumbline.platform.test.TestEventClient;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Tests that write access to the broker does not suffice to approve anything. */
class ForgedEventTests extends InferenceTest {

  private static final Digest VARIANT = Digest.ofText("variant");

  @Autowired TestEventClient events;
  @Autowired Releases releases;
  @Autowired DeadLetters deadLetters;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;
  @Autowired JsonMapper json;

  private final Caller caller = Caller.system(UUID.randomUUID());

  @Test
  void an_approval_on_the_topic_of_another_service_releases_nothing() throws Exception {
    UUID release = requested();

    events.send("plumbline.evaluation", "approval/1", headers(), approval(release));

    await().until(() -> !letters().isEmpty() || state(release) != ReleaseState.REQUESTED);
    assertThat(state(release)).isEqualTo(ReleaseState.REQUESTED);
    assertThat(letters())
        .extracting(DeadLetter::type, DeadLetter::cause)
        .containsExactly(tuple(type(), Authenticity.MISPLACED.explanation()));
  }

  @Test
  void an_approval_that_another_service_signed_or_nobody_releases_nothing() throws Exception {
    UUID release = requested();
    byte[] value = approval(release);

    events.send(
        "plumbline.compliance",
        "approval/1",
        EventKeys.sign("evaluation", headers(), value),
        value);
    events.send("plumbline.compliance", "approval/1", headers(), value);

    await().until(() -> letters().size() == 2 || state(release) != ReleaseState.REQUESTED);
    assertThat(state(release)).isEqualTo(ReleaseState.REQUESTED);
    assertThat(letters())
        .extracting(DeadLetter::cause)
        .containsExactly(
            Authenticity.UNKNOWN_KEY.explanation(), Authenticity.UNSIGNED.explanation());
  }

  @Test
  void a_genuine_approval_in_another_workspace_or_for_another_release_releases_nothing()
      throws Exception {
    UUID release = requested();
    byte[] value = approval(release);
    Map<String, String> signed = EventKeys.sign("compliance", headers(UUID.randomUUID()), value);
    signed.put("ce_workspace", caller.workspace().toString());
    events.send("plumbline.compliance", "approval/1", signed, value);
    events.send(
        "plumbline.compliance",
        "approval/1",
        EventKeys.sign("compliance", headers(), approval(UUID.randomUUID())),
        value);

    await().until(() -> letters().size() == 2 || state(release) != ReleaseState.REQUESTED);
    assertThat(state(release)).isEqualTo(ReleaseState.REQUESTED);
    assertThat(letters())
        .extracting(DeadLetter::cause)
        .containsOnly(Authenticity.WRONG_SIGNATURE.explanation());
  }

  /** Shows that the forged events failed only because they were forged. */
  @Test
  void the_approval_that_compliance_signed_reaches_the_gate() throws Exception {
    UUID release = requested();
    byte[] value = approval(release);

    events.send(
        "plumbline.compliance",
        "approval/1",
        EventKeys.sign("compliance", headers(), value),
        value);

    // The gate stays closed, because nothing else is known of the application.
    await().until(() -> state(release) == ReleaseState.BLOCKED);
    assertThat(letters()).isEmpty();
  }

  private Map<String, String> headers() {
    return headers(caller.workspace());
  }

  private static Map<String, String> headers(UUID workspace) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_id", Ids.next().toString());
    headers.put("ce_type", type());
    headers.put("ce_source", "/compliance");
    headers.put("ce_subject", "approval/1");
    headers.put("ce_time", Instant.now().toString());
    headers.put("ce_workspace", workspace.toString());
    headers.put("ce_actor", "x");
    headers.put("ce_aggregateversion", "1");
    return headers;
  }

  private byte[] approval(UUID release) {
    return json.writeValueAsBytes(
        new ApprovalDecided(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "release.requested",
            release,
            VARIANT,
            Decision.APPROVED,
            "ben",
            null,
            null,
            null,
            null));
  }

  private static String type() {
    return EventTypes.typeOf(ApprovalDecided.class);
  }

  private UUID requested() throws Exception {
    Release release =
        new Release(
            Ids.next(),
            caller.workspace(),
            new Release.Request("mail", "production", VARIANT, UUID.randomUUID(), null, 0),
            "ada",
            clock.instant());
    caller.call(() ->
        new TransactionTemplate(transactions).execute(status -> releases.saveAndFlush(release)));
    return release.id();
  }

  private ReleaseState state(UUID release) throws Exception {
    return caller.call(() ->
        new TransactionTemplate(transactions)
            .execute(status -> releases.findById(release).orElseThrow().state()));
  }

  private List<DeadLetter> letters() {
    return deadLetters.list(caller.workspace(), 0, 10);
  }
}
