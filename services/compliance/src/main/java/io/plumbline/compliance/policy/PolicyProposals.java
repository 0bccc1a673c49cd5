package io.plumbline.compliance.policy;

import io.plumbline.compliance.policy.PolicyProposal.Decision;
import io.plumbline.compliance.policy.PolicyProposal.State;
import io.plumbline.contracts.ComplianceEvent.PolicyChangeRejected;
import io.plumbline.contracts.ComplianceEvent.PolicyChangeRequested;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.OpenProposals;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.policy.PolicyTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The proposals of policies. One person proposes a version, and a second one confirms or rejects
 * it; until then the former version stays in force.
 */
@Service
class PolicyProposals {

  private static final String SUBJECT = "policy-proposal/";

  private final Policies policies;
  private final SecondPerson secondPerson;
  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;
  private final OpenProposals open;
  private final NewestFirstReader<PolicyProposal> newest;

  PolicyProposals(
      Policies policies,
      SecondPerson secondPerson,
      JdbcClient sql,
      Outbox outbox,
      Clock clock,
      @Value("${plumbline.policies.proposed:100}") long perWorkspace,
      @Value("${plumbline.policies.proposed-per-person:25}") long perPerson) {
    this.policies = policies;
    this.secondPerson = secondPerson;
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
    this.open =
        OpenProposals.of(
            sql,
            "proposed policies",
            "policy_proposal WHERE workspace_id = ? AND state = 'PROPOSED'",
            "requester",
            OpenProposals.DECIDE,
            "plumbline.policies.proposed",
            perWorkspace,
            perPerson);
    this.newest =
        new NewestFirstReader<>(
            sql, "policy_proposal", PolicyProposals::read, PolicyProposal::proposalId);
  }

  /**
   * Proposes a version of a policy; the same version that the caller has proposed already is not
   * proposed again.
   *
   * @throws Problem 409 for rules that are in force already, and for another target than the policy
   *     has, or if too many are open
   */
  @Transactional
  PolicyProposal propose(String name, PolicyTarget target, String source, String reason) {
    policies.requireCompilable(target, source);
    policies.requireTarget(name, target);
    Caller caller = Caller.current();
    Digest digest = Digest.ofText(source);
    Optional<PolicyView> active = policies.findActive(name);
    if (active.filter(view -> view.digest().equals(digest.hex())).isPresent()) {
      throw new Problem(
          PolicyProblem.UNCHANGED,
          "Version %d of policy %s has these rules and is in force."
              .formatted(active.get().version(), name));
    }
    int former = active.map(PolicyView::version).orElse(0);
    open.lock();
    Optional<PolicyProposal> same =
        newest.first(
            "name = ? AND state = 'PROPOSED' AND requester = ? AND digest = ? AND former_version"
                + " = ?",
            name,
            caller.actor(),
            digest.hex(),
            former);
    if (same.isPresent()) {
      return same.get();
    }
    open.requireRoom();
    PolicyProposal proposal =
        new PolicyProposal(
            Ids.next(),
            name,
            target.slug(),
            former,
            source,
            digest,
            reason,
            caller.actor(),
            clock.instant(),
            State.PROPOSED,
            null,
            null,
            null,
            null);
    insert(proposal);
    outbox.append(
        new PolicyChangeRequested(
            proposal.proposalId(),
            name,
            former,
            target.slug(),
            source,
            digest,
            reason,
            caller.actor()),
        SUBJECT + proposal.proposalId(),
        1);
    return proposal;
  }

  private void insert(PolicyProposal proposal) {
    sql.sql(
            """
            INSERT INTO policy_proposal (workspace_id, id, name, target, former_version, source, digest, reason,
              requester, requested_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Caller.current().workspace(),
            proposal.proposalId(),
            proposal.policy(),
            proposal.target(),
            proposal.formerVersion(),
            proposal.source(),
            proposal.digest().hex(),
            proposal.reason(),
            proposal.requester(),
            proposal.requestedAt().atOffset(ZoneOffset.UTC),
            proposal.state().name())
        .update();
  }

  /**
   * Decides about a proposal in the name of the caller.
   *
   * @throws Problem 403 if the caller proposed it, 409 if it was decided before or another version
   *     was activated since
   */
  @Transactional
  PolicyProposal decide(UUID proposalId, Decision decision, @Nullable String reason) {
    PolicyProposal proposal =
        sql.sql("SELECT * FROM policy_proposal WHERE id = ? FOR UPDATE")
            .param(proposalId)
            .query(PolicyProposals::read)
            .optional()
            .orElseThrow(Problem::notFound);
    Caller caller = Caller.current();
    if (proposal.requester().equals(caller.actor())) {
      throw secondPerson.refusal(caller);
    }
    if (proposal.state() != State.PROPOSED) {
      throw new Problem(
          PolicyProblem.CLOSED,
          "It was %s by %s. Propose the policy again to change that."
              .formatted(
                  proposal.state() == State.ACTIVATED ? "activated" : "rejected",
                  Objects.requireNonNullElse(proposal.decidedBy(), "")));
    }
    Integer version = null;
    switch (decision) {
      case APPROVED -> version = policies.activate(proposal).version();
      case REJECTED -> {
        if (reason == null || reason.isBlank()) {
          throw Problem.invalid("/reason", "must say why the policy is rejected");
        }
        outbox.append(
            new PolicyChangeRejected(
                proposalId, proposal.policy(), proposal.digest(), proposal.requester(), reason),
            SUBJECT + proposalId,
            2);
      }
    }
    storeDecision(proposalId, decision, reason, version);
    return get(proposalId);
  }

  private void storeDecision(
      UUID proposalId, Decision decision, @Nullable String reason, @Nullable Integer version) {
    State state = decision == Decision.APPROVED ? State.ACTIVATED : State.REJECTED;
    Instant now = clock.instant();
    sql.sql(
            """
            UPDATE policy_proposal SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ?,
              version = ? WHERE id = ?
            """)
        .param(state.name())
        .param(Caller.current().actor())
        .param(now.atOffset(ZoneOffset.UTC))
        .param(reason)
        .param(version)
        .param(proposalId)
        .update();
  }

  @Transactional(readOnly = true)
  PolicyProposal get(UUID proposalId) {
    return newest.first("id = ?", proposalId).orElseThrow(Problem::notFound);
  }

  /**
   * Returns a page of proposals, newest first.
   *
   * @param state the state of the listed proposals; all states if absent
   */
  @Transactional(readOnly = true)
  Page<PolicyProposal> list(@Nullable State state, PageRequest page) {
    String name = state == null ? null : state.name();
    return newest.page(page, "?::text IS NULL OR state = ?", name, name);
  }

  private static PolicyProposal read(ResultSet row, int number) throws SQLException {
    return new PolicyProposal(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("target"),
        row.getInt("former_version"),
        row.getString("source"),
        new Digest(row.getString("digest")),
        row.getString("reason"),
        row.getString("requester"),
        Columns.instant(row, "requested_at"),
        State.valueOf(row.getString("state")),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("decision_reason"),
        row.getObject("version", Integer.class));
  }
}
