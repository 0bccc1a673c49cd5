package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.event.EventReader;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks approvals that policies gave against the log of a workspace: which policies were in force
 * then, what they say about the request, and the verdict that the request rests on.
 */
final class PolicyApprovalCheck {

  private static final String RECORDED =
      """
      SELECT m.value, e.occurred_at, e.actor
      FROM audit_entry e JOIN ledger_entry l ON l.idx = e.idx JOIN ledger_message m ON m.position = l.position
      WHERE e.workspace_id = ? AND e.source = ? AND e.type = ? AND (?::text IS NULL OR e.object = ?)
      ORDER BY e.idx
      """;

  /** The largest difference that is accepted between the clocks of two replicas. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private record Activation(PolicyActivated event, Instant at, String by) {

    DecidingPolicy policy() {
      return new DecidingPolicy(event.policy(), event.version(), event.policyDigest());
    }
  }

  private record Recorded<E>(E event, Instant at, String by) {}

  private final Connection connection;
  private final UUID workspace;
  private final EventReader events;
  private final PolicyEngine engine;
  private @Nullable List<Activation> known;

  PolicyApprovalCheck(
      Connection connection, UUID workspace, EventReader events, PolicyEngine engine) {
    this.connection = connection;
    this.workspace = workspace;
    this.events = events;
    this.engine = engine;
  }

  /**
   * Returns what is wrong with an approval by policy, as the predicate of a sentence about the
   * approval; empty if nothing is.
   *
   * @param named the policies that decided according to the approval
   * @param settled whether the decision is so old that the log must have every event before it
   */
  Optional<String> fault(
      ReleaseRequested release, List<DecidingPolicy> named, Instant decidedAt, boolean settled)
      throws SQLException {
    List<Activation> activations = activations();
    for (DecidingPolicy each : named) {
      Optional<Activation> activation =
          activations.stream().filter(known -> known.policy().equals(each)).findFirst();
      if (activation.isEmpty() && !settled) {
        return Optional.empty();
      }
      if (activation.filter(known -> wasInForce(known, activations, decidedAt)).isEmpty()) {
        return Optional.of(
            "was decided by policy %s version %d, which was not in force then"
                .formatted(each.policy(), each.version()));
      }
    }
    Optional<String> passedOver = omittedPolicy(named, activations, decidedAt);
    if (passedOver.isPresent()) {
      return Optional.of(
          "was decided by policies without %s, which was in force".formatted(passedOver.get()));
    }
    List<PolicyInForce> decided =
        activations.stream()
            .filter(each -> named.contains(each.policy()))
            .map(each ->
                PolicyInForce.of(
                    each.policy(), each.event.source(), each.by, each.event.proposedBy()))
            .toList();
    return switch (PolicyRuling.of(release, decided, engine)) {
      case PolicyRuling.NotAsked none ->
          Optional.of("was decided by policy, but no policy may decide such a request");
      case PolicyRuling.Refuses(List<String> reasons) ->
          Optional.of("was decided by policies that refuse it: " + String.join("; ", reasons));
      case PolicyRuling.Approves approves -> verdictFault(release, settled);
    };
  }

  /**
   * Returns whether a policy was activated by that time and not yet replaced by a later version,
   * with the difference of clocks allowed for in both.
   */
  private static boolean wasInForce(Activation policy, List<Activation> all, Instant at) {
    return !policy.at.isAfter(at.plus(SKEW))
        && laterVersions(policy, all).allMatch(next -> !next.at.isBefore(at.minus(SKEW)));
  }

  private static Stream<Activation> laterVersions(Activation policy, List<Activation> all) {
    return all.stream()
        .filter(each ->
            each.event.policy().equals(policy.event.policy())
                && each.event.version() > policy.event.version());
  }

  /**
   * Returns a policy that the approval does not name although it was activated more than {@link
   * #SKEW} before the decision.
   */
  private static Optional<String> omittedPolicy(
      List<DecidingPolicy> named, List<Activation> activations, Instant decidedAt) {
    List<String> names = named.stream().map(DecidingPolicy::policy).toList();
    return activations.stream()
        .filter(each -> each.at.isBefore(decidedAt.minus(SKEW)))
        .map(each -> each.event.policy())
        .filter(policy -> !names.contains(policy))
        .map("policy "::concat)
        .findFirst();
  }

  private Optional<String> verdictFault(ReleaseRequested release, boolean settled)
      throws SQLException {
    boolean found =
        readEvents(
                VerdictIssued.class,
                "evaluation",
                "verdict.issued",
                Objects.toString(release.verdictId()))
            .stream()
            .map(Recorded::event)
            .anyMatch(verdict ->
                verdict.kind() == VerdictKind.REFRESH
                    && verdict.outcome() == Outcome.PASS
                    && verdict.application().equals(release.application())
                    && verdict.subjectDigest().equals(release.variantDigest())
                    && verdict.comparedWith() != null
                    && release.previousVariantDigest() != null
                    && verdict.comparedWith().contains(release.previousVariantDigest()));
    if (found || !settled) {
      return Optional.empty();
    }
    return Optional.of(
        "was decided by policy, and the log has no verdict that its variant is no worse than"
            + " what it refreshes");
  }

  /** Returns the activations of refresh policies, read once for all approvals of the workspace. */
  private List<Activation> activations() throws SQLException {
    if (known == null) {
      known =
          readEvents(PolicyActivated.class, "compliance", "policy.activated", null).stream()
              .filter(each -> each.event.target().equals(PolicyTarget.REFRESH.slug()))
              .map(each -> new Activation(each.event, each.at, each.by))
              .toList();
    }
    return known;
  }

  private <E extends Event> List<Recorded<E>> readEvents(
      Class<E> kind, String source, String type, @Nullable String object) throws SQLException {
    List<Recorded<E>> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RECORDED)) {
      select.setObject(1, workspace);
      select.setString(2, source);
      select.setString(3, type);
      select.setString(4, object);
      select.setString(5, object);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] value = Objects.requireNonNullElse(row.getBytes("value"), new byte[0]);
          Instant at = row.getObject("occurred_at", OffsetDateTime.class).toInstant();
          String by = row.getString("actor");
          events.tryRead(value, kind).ifPresent(event -> found.add(new Recorded<>(event, at, by)));
        }
      }
    }
    return found;
  }
}
