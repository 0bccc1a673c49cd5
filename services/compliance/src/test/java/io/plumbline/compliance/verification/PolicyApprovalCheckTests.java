package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.approval.SampleReleases;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that approvals by policy are computed again with the policies that were in force then
 * according to the log.
 */
@Tag("servers")
class PolicyApprovalCheckTests {

  private static final String ACME = "0190a000-0000-7000-8000-000000000001";
  private static final String HOLDS = source("true");
  private static final String REFUSES = source("refresh.canaryPercent == 0");

  private final LedgerFixture ledger = new LedgerFixture("policies");
  private final ReleaseRequested refresh = SampleReleases.refresh("docs");
  private long next = 10;

  @BeforeEach
  void fill() {
    ledger.fill(2, 5);
    recorded(
        new VerdictIssued(
            refresh.verdictId(),
            VerdictKind.REFRESH,
            "docs",
            1,
            null,
            SampleReleases.NEXT,
            Digest.ofText("criteria"),
            2,
            Digest.ofText("suite"),
            UUID.randomUUID(),
            null,
            Outcome.PASS,
            List.of(),
            List.of(SampleReleases.SERVING),
            null),
        refresh.verdictId().toString(),
        "6 hours",
        "ada");
  }

  @Test
  void what_the_policies_in_force_then_approve_holds() {
    activated(1, HOLDS, "5 hours", "cleo");
    approved(refresh, 1, HOLDS);
    // The policy that is in force now makes no difference.
    activated(2, REFUSES, "1 hour", "cleo");

    assertThat(ledger.verify().output()).doesNotContain("An approval was", "An approval names");
  }

  @Test
  void an_approval_by_a_policy_that_refuses_is_named() {
    activated(1, REFUSES, "5 hours", "cleo");
    approved(refresh, 1, REFUSES);

    assertFound("An approval was decided by policies that refuse it: policy p version 1: Ask.");
  }

  @Test
  void an_approval_by_a_policy_that_was_never_activated_is_named() {
    approved(refresh, 1, HOLDS);

    assertFound("An approval was decided by policy p version 1, which was not in force then");
  }

  @Test
  void an_approval_by_a_policy_that_was_replaced_before_is_named() {
    activated(1, HOLDS, "5 hours", "cleo");
    activated(2, REFUSES, "4 hours", "cleo");
    approved(refresh, 1, HOLDS);

    assertFound("An approval was decided by policy p version 1, which was not in force then");
  }

  @Test
  void an_approval_that_passes_over_a_policy_is_named() {
    activated(1, HOLDS, "5 hours", "cleo");
    recorded(
        new PolicyActivated("strict", 1, "refresh", REFUSES, Digest.ofText(REFUSES)),
        "strict",
        "5 hours",
        "cleo");
    approved(refresh, 1, HOLDS);

    assertFound("An approval was decided by policies without policy strict, which was in force");
  }

  @Test
  void an_approval_by_a_policy_of_the_requesters_own_is_named() {
    activated(1, HOLDS, "5 hours", "ada");
    approved(refresh, 1, HOLDS);

    assertFound("ada put it in force, and is requester or author of this release");
  }

  @Test
  void an_approval_by_policy_of_anything_but_a_refresh_is_named() {
    activated(1, HOLDS, "5 hours", "cleo");
    approved(SampleReleases.release("docs", null), 1, HOLDS);

    assertFound("An approval was decided by policy, but no policy may decide such a request");
  }

  @Test
  void an_approval_by_policy_of_a_variant_that_no_verdict_compared_is_named() {
    activated(1, HOLDS, "5 hours", "cleo");
    approved(SampleReleases.refresh("others"), 1, HOLDS);

    assertFound("the log has no verdict that its variant is no worse than what it refreshes");
  }

  @Test
  void an_approval_by_neither_a_person_nor_a_policy_is_named() {
    approved(refresh, "system", null);

    assertFound("An approval is granted, but neither a person nor a policy decided it");
  }

  @Test
  void an_author_who_approved_alone_is_named() {
    approved(refresh, "max", null);

    assertFound("An approval was decided by its requester or by one of the authors alone");
  }

  @Test
  void a_person_who_decides_in_the_name_of_a_policy_is_named() {
    activated(1, HOLDS, "5 hours", "cleo");
    approved(refresh, "ben", policies(1, HOLDS));

    assertFound("An approval names policies, but somebody else decided it");
  }

  private void activated(int version, String source, String ago, String by) {
    recorded(
        new PolicyActivated("p", version, "refresh", source, Digest.ofText(source)), "p", ago, by);
  }

  private void approved(ReleaseRequested release, int version, String source) {
    approved(release, "system", policies(version, source));
  }

  /** Stores an approval that was requested and decided three hours ago. */
  private void approved(ReleaseRequested release, String by, @Nullable String policies) {
    String id = recorded(release, release.releaseId().toString(), "3 hours", "ada");
    ledger.tamper(
        """
        INSERT INTO approval VALUES ('%1$s', gen_random_uuid(), 1, '%2$s', 'release.requested', '%3$s',
          '%4$s/production', '%5$s', 'ada', '{max,ada}', '{}', 'APPROVED', now() - interval '3 hours', now(), '%6$s',
          now() - interval '3 hours', NULL, %7$s)
        """
            .formatted(
                ACME,
                id,
                release.releaseId(),
                release.application(),
                release.variantDigest(),
                by,
                policies == null ? "NULL" : "'" + policies + "'"));
  }

  private static String policies(int version, String source) {
    return JsonMapper.shared()
        .writeValueAsString(List.of(new DecidingPolicy("p", version, Digest.ofText(source))));
  }

  /** Records an event in the log and, with an earlier time, in the audit. */
  private String recorded(Event event, String subject, String ago, String actor) {
    String name = subject + next;
    String type = EventTypes.typeOf(event.getClass());
    ledger.record(
        LedgerFixture.message(name, type, subject, JsonMapper.shared().writeValueAsString(event)));
    ledger.sequence();
    ledger.tamper(
        """
        INSERT INTO audit_entry
        SELECT m.workspace, e.idx, now() - interval '%s', m.source, m.event_id, '%s', m.subject, '%s', 'RECORDED',
          NULL, NULL
        FROM ledger_entry e JOIN ledger_message m USING (position) WHERE e.idx = %d
        """
            .formatted(ago, EventTypes.nameOf(type), actor, next++));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void assertFound(String what) {
    assertThat(ledger.verify().output()).contains(what);
  }

  private static String source(String expression) {
    return "[{\"name\":\"any\",\"expression\":\"%s\",\"message\":\"Ask.\"}]".formatted(expression);
  }
}
