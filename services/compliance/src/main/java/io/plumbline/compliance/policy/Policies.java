package io.plumbline.compliance.policy;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.policy.Compilation;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import io.plumbline.policy.WorkBudget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The policies of a workspace. Activating a version replaces the former version of the same name;
 * every version is kept.
 */
@Service
public class Policies {

  private static final String VERSIONS =
      """
      SELECT v.name, p.target, v.version, v.source, v.digest, v.proposed_by, v.activated_by, v.activated_at,
        v.version = p.version AS active
      FROM policy p JOIN policy_version v ON v.workspace_id = p.workspace_id AND v.name = p.name WHERE
        p.workspace_id = ?
      """;

  /** The class of the advisory locks on targets, which keeps them apart from other locks. */
  private static final long TARGET_LOCKS = 1;

  private final PolicyEngine engine;
  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;

  Policies(PolicyEngine engine, JdbcClient sql, Outbox outbox, Clock clock) {
    this.engine = engine;
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Activates a source under a name, without a proposal; activating the active source again changes
   * nothing. Only the policies that a workspace starts with are activated in this way.
   */
  @Transactional
  PolicyView activate(String name, PolicyTarget target, String source) {
    return activate(name, target, source, null);
  }

  /** Activates what one person proposed and the caller, a second person, confirmed. */
  @Transactional(propagation = Propagation.MANDATORY)
  PolicyView activate(PolicyProposal proposal) {
    PolicyTarget target = PolicyTarget.of(proposal.target()).orElseThrow();
    return activate(proposal.policy(), target, proposal.source(), proposal);
  }

  private PolicyView activate(
      String name, PolicyTarget target, String source, @Nullable PolicyProposal proposal) {
    requireCompilable(target, source);
    Caller caller = Caller.current();
    AdvisoryLocks.lock(sql, TARGET_LOCKS, target.slug());
    sql.sql(
            "INSERT INTO policy (workspace_id, name, target, version) VALUES (?, ?, ?, 0) ON"
                + " CONFLICT DO NOTHING")
        .params(caller.workspace(), name, target.slug())
        .update();
    sql.sql("SELECT 1 FROM policy WHERE workspace_id = ? AND name = ? FOR UPDATE")
        .params(caller.workspace(), name)
        .query(Integer.class)
        .single();
    requireTarget(name, target);
    Digest digest = Digest.ofText(source);
    Optional<PolicyView> current = findActive(name);
    if (current.filter(active -> active.digest().equals(digest.hex())).isPresent()) {
      return current.get();
    }
    int former = current.map(PolicyView::version).orElse(0);
    if (proposal != null && proposal.formerVersion() != former) {
      throw new Problem(
          PolicyProblem.OUTDATED,
          ("It was proposed in place of version %d of policy %s, and version %d is active now."
                  + " Propose it again.")
              .formatted(proposal.formerVersion(), name, former));
    }
    int version =
        sql.sql(
                "UPDATE policy SET version = version + 1 WHERE workspace_id = ? AND name = ?"
                    + " RETURNING version")
            .params(caller.workspace(), name)
            .query(Integer.class)
            .single();
    sql.sql(
            """
            INSERT INTO policy_version (workspace_id, name, version, source, digest, proposed_by,
              activated_by, activated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(caller.workspace())
        .param(name)
        .param(version)
        .param(source)
        .param(digest.hex())
        .param(proposal == null ? null : proposal.requester())
        .param(caller.actor())
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    outbox.append(
        new PolicyActivated(
            name,
            version,
            target.slug(),
            source,
            digest,
            proposal == null ? null : proposal.proposalId(),
            proposal == null ? null : proposal.requester()),
        name,
        version);
    return findActive(name).orElseThrow();
  }

  /**
   * Requires that a policy has a target, if there is a policy of this name.
   *
   * @throws Problem 409 that names the target that the policy has
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void requireTarget(String name, PolicyTarget target) {
    sql.sql("SELECT target FROM policy WHERE workspace_id = ? AND name = ?")
        .params(Caller.current().workspace(), name)
        .query(String.class)
        .optional()
        .filter(former -> !former.equals(target.slug()))
        .ifPresent(former -> {
          throw new Problem(
                  PolicyProblem.OTHER_TARGET,
                  "The policy "
                      + name
                      + " has the target "
                      + former
                      + "; choose another name for a policy of the target "
                      + target.slug()
                      + ".")
              .withFieldError("/target", "must be " + former + " for this name");
        });
  }

  /**
   * Returns the active policies of a target and keeps others from changing them or adding one until
   * the transaction ends. A decision by them thus falls clearly before or after each activation.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<PolicyView> lockActive(PolicyTarget target) {
    AdvisoryLocks.lock(sql, TARGET_LOCKS, target.slug());
    return sql.sql(VERSIONS + " AND v.version = p.version AND p.target = ? ORDER BY v.name")
        .params(Caller.current().workspace(), target.slug())
        .query((row, index) -> view(row))
        .list();
  }

  /** Returns whether a policy of this name was ever activated in the caller's workspace. */
  @Transactional(readOnly = true)
  public boolean exists(String name) {
    return sql.sql("SELECT count(*) FROM policy WHERE workspace_id = ? AND name = ?")
            .params(Caller.current().workspace(), name)
            .query(Long.class)
            .single()
        > 0;
  }

  /**
   * Evaluates the active policies of a target.
   *
   * @return the reasons to refuse, empty if all policies allow it; a target without any active
   *     policy refuses
   */
  @Transactional(readOnly = true)
  public List<String> refusals(PolicyTarget target, Map<String, ?> variables) {
    List<String> sources =
        sql.sql(VERSIONS + " AND v.version = p.version AND p.target = ? ORDER BY v.name")
            .params(Caller.current().workspace(), target.slug())
            .query((row, index) -> row.getString("source"))
            .list();
    if (sources.isEmpty()) {
      return List.of(
          "No policy is active for the target "
              + target.slug()
              + "; a compliance officer has to activate one.");
    }
    WorkBudget budget = new WorkBudget();
    return sources.stream()
        .flatMap(source -> engine.load(target, source).refusalReasons(variables, budget).stream())
        .toList();
  }

  /**
   * Requires that a source compiles for a target.
   *
   * @throws Problem 422 with every flaw of the source
   */
  public void requireCompilable(PolicyTarget target, String source) {
    if (engine.compile(target, source) instanceof Compilation.Invalid invalid) {
      Problem problem =
          new Problem(
              PolicyProblem.FLAWED,
              "The policy cannot be compiled. Correct the rules listed in errors; GET"
                  + " /api/policy-targets lists the variables.");
      invalid
          .flaws()
          .forEach(flaw -> problem.withFieldError("/source" + flaw.pointer(), flaw.detail()));
      throw problem;
    }
  }

  @Transactional(readOnly = true)
  public Page<PolicyView> listActive(PageRequest page) {
    String after = page.afterName();
    UUID workspace = Caller.current().workspace();
    List<PolicyView> rows =
        sql.sql(VERSIONS + " AND v.version = p.version AND v.name > ? ORDER BY v.name LIMIT ?")
            .params(workspace, after, page.fetchSize())
            .query((row, index) -> view(row))
            .list();
    long count =
        sql.sql("SELECT count(*) FROM policy WHERE workspace_id = ?")
            .params(workspace)
            .query(Long.class)
            .single();
    return Page.of(rows, page, policy -> List.of(policy.name()), count);
  }

  /** Returns all versions of a policy, newest first. */
  @Transactional(readOnly = true)
  public List<PolicyView> versions(String name) {
    List<PolicyView> versions =
        sql.sql(VERSIONS + " AND v.name = ? ORDER BY v.version DESC")
            .params(Caller.current().workspace(), name)
            .query((row, index) -> view(row))
            .list();
    if (versions.isEmpty()) {
      throw Problem.notFound();
    }
    return versions;
  }

  /** Returns the active version of a policy. */
  @Transactional(propagation = Propagation.MANDATORY)
  Optional<PolicyView> findActive(String name) {
    return sql.sql(VERSIONS + " AND v.version = p.version AND v.name = ?")
        .params(Caller.current().workspace(), name)
        .query((row, index) -> view(row))
        .optional();
  }

  private static PolicyView view(ResultSet row) throws SQLException {
    return new PolicyView(
        row.getString("name"),
        row.getString("target"),
        row.getInt("version"),
        row.getString("source"),
        row.getString("digest"),
        row.getString("proposed_by"),
        row.getString("activated_by"),
        Columns.instant(row, "activated_at"),
        row.getBoolean("active"));
  }
}
