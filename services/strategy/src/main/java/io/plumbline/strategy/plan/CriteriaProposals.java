package io.plumbline.strategy.plan;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.CriteriaChangeRequested;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.OpenProposals;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Suite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles proposals of criteria that are less strict than those in force, and of all criteria of
 * refreshes. They are requested here, approved in compliance, and registered when the event of the
 * approval arrives.
 */
@Service
public class CriteriaProposals {

  private final ApplicationCatalog applications;
  private final CriteriaService criteria;
  private final ProjectionReader projections;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Outbox outbox;
  private final Clock clock;
  private final OpenProposals open;
  private final NewestFirstReader<CriteriaProposal> newest;

  CriteriaProposals(
      ApplicationCatalog applications,
      CriteriaService criteria,
      ProjectionReader projections,
      JdbcClient sql,
      JsonMapper json,
      Outbox outbox,
      Clock clock,
      OpenProposals open) {
    this.applications = applications;
    this.criteria = criteria;
    this.projections = projections;
    this.sql = sql;
    this.json = json;
    this.outbox = outbox;
    this.clock = clock;
    this.open = open;
    this.newest =
        new NewestFirstReader<>(sql, "criteria_proposal", this::read, CriteriaProposal::proposalId);
  }

  @Bean
  static OpenProposals openCriteria(
      JdbcClient sql,
      @Value("${plumbline.criteria.requested:1000}") long perWorkspace,
      @Value("${plumbline.criteria.requested-per-person:250}") long perPerson) {
    return OpenProposals.of(
        sql,
        "requested criteria",
        "criteria_proposal WHERE workspace_id = ? AND state = 'REQUESTED'",
        "requester",
        OpenProposals.DECIDE,
        "plumbline.criteria.requested",
        perWorkspace,
        perPerson);
  }

  /**
   * Requests a second person's approval of criteria.
   *
   * @throws Problem 409 for criteria that are not less strict, so that no second person is needed,
   *     for criteria of refreshes that are in force already, for a suite with too few items, if
   *     variants without any skill meet them, and if too many requests are open
   */
  @Transactional
  public CriteriaProposal request(String application, ProposedCriteria proposed, String reason) {
    applications.lock(application);
    CriteriaSet set = criteria.requireEnoughItems(application, proposed);
    Optional<CriteriaView> inForce = criteria.inForce(application, proposed.purpose());
    boolean mayFollowData = mayFollowData(application, set);
    if (!mayFollowData
        && inForce
            .filter(view -> view.criteriaDigest().equals(set.digest(view.version())))
            .isPresent()) {
      throw new Problem(
          StrategyProblem.NOTHING_LOOSENED, "These criteria are in force already, unchanged.");
    }
    criteria.requireNotTriviallyMet(set);
    List<String> loosens = new ArrayList<>(loosenings(inForce, set));
    if (mayFollowData) {
      loosens.add("runs may have answered its items before the application had criteria over them");
    }
    if (loosens.isEmpty()) {
      throw new Problem(
          StrategyProblem.NOTHING_LOOSENED,
          "These criteria ask no less than those in force. Register them: that needs no second"
              + " person.");
    }
    open.requireRoom();
    int version = criteria.nextVersion(application);
    CriteriaProposal proposal =
        new CriteriaProposal(
            Ids.next(),
            application,
            version,
            set.digest(version),
            proposed,
            loosens,
            reason,
            Caller.current().actor(),
            clock.instant(),
            CriteriaProposal.State.REQUESTED,
            null,
            null,
            null);
    store(proposal);
    publish(proposal, set);
    return proposal;
  }

  /**
   * Returns whether runs may have used the items of criteria before the application had any
   * criteria over them, and no second person has approved such criteria since. Only evaluation
   * knows which suites share items, so runs over any test items count here.
   */
  private boolean mayFollowData(String application, CriteriaSet set) {
    Suite suite = projections.suite(set.suiteDigest()).orElseThrow();
    boolean approved =
        sql
            .sql(
                "SELECT * FROM criteria_proposal WHERE application = ? AND state = 'APPROVED' ORDER"
                    + " BY version")
            .param(application)
            .query(this::read)
            .list()
            .stream()
            .flatMap(proposal -> projections.suite(proposal.proposed().suiteDigest()).stream())
            .anyMatch(suite::isOfSameSubset);
    return !approved && projections.hasRunOverTestItems();
  }

  /**
   * Returns how criteria are less strict, one sentence each. Criteria of refreshes always are,
   * because they let a policy decide in the place of a person.
   */
  private List<String> loosenings(Optional<CriteriaView> inForce, CriteriaSet set) {
    List<String> loosens = new ArrayList<>();
    if (set.purpose() == CriteriaPurpose.REFRESH) {
      loosens.add("under them a policy may release variants of other documents without a person");
      criteria
          .metricsWithoutCriterion(set)
          .forEach(metric -> loosens.add(metric + " has no criterion and may get worse unnoticed"));
    }
    inForce.ifPresent(view -> loosens.addAll(criteria.loosenings(view, set)));
    return loosens;
  }

  private void store(CriteriaProposal proposal) {
    sql.sql(
            """
            INSERT INTO criteria_proposal (workspace_id, id, application, version, digest, proposed, loosens,
              reason, requester, requested_at, state)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
            """)
        .params(
            Caller.current().workspace(),
            proposal.proposalId(),
            proposal.application(),
            proposal.version(),
            proposal.criteriaDigest().hex(),
            json.writeValueAsString(proposal.proposed()),
            proposal.loosens().toArray(String[]::new),
            proposal.reason(),
            proposal.requester(),
            proposal.requestedAt().atOffset(ZoneOffset.UTC),
            proposal.state().name())
        .update();
  }

  private void publish(CriteriaProposal proposal, CriteriaSet set) {
    outbox.append(
        new CriteriaChangeRequested(
            proposal.proposalId(),
            proposal.application(),
            proposal.version(),
            proposal.criteriaDigest(),
            set.suiteDigest(),
            set.plannedVerdicts(),
            set.candidatesPerPhase(),
            set.criteria(),
            proposal.loosens(),
            proposal.reason(),
            proposal.requester(),
            set.purpose().eventValue()),
        "criteria-proposal/" + proposal.proposalId(),
        1);
  }

  /** Applies the decision on a proposal; decisions on other requests are ignored. */
  @OnEvent
  @Transactional
  public void on(ApprovalDecided decided) {
    if (!decided.decides(CriteriaChangeRequested.class)) {
      return;
    }
    find(decided.requestId())
        .map(CriteriaProposal::application)
        .ifPresent(application -> {
          // The lock is taken before the state is read, so that two decisions cannot both find it
          // pending.
          applications.lock(application);
          find(decided.requestId())
              .filter(each -> each.state() == CriteriaProposal.State.REQUESTED)
              .ifPresent(proposal -> applyDecision(proposal, decided));
        });
  }

  /** Returns a page of an application's proposals, newest first. */
  @Transactional(readOnly = true)
  public Page<CriteriaProposal> list(String application, PageRequest page) {
    return newest.page(page, "application = ?", application);
  }

  private Optional<CriteriaProposal> find(UUID proposalId) {
    return sql.sql("SELECT * FROM criteria_proposal WHERE id = ?")
        .param(proposalId)
        .query(this::read)
        .optional();
  }

  private void applyDecision(CriteriaProposal proposal, ApprovalDecided decided) {
    boolean isNext = proposal.version() == criteria.nextVersion(proposal.application());
    boolean approved = decided.decision() == Decision.APPROVED;
    Optional<Problem> refusal = isNext && approved ? whyNotRegistrable(proposal) : Optional.empty();
    refusal.ifPresent(problem -> recordRefusal(proposal, problem));
    CriteriaProposal.State state =
        proposal.stateAfter(
            decided.decision(), decided.subjectDigest(), isNext && refusal.isEmpty());
    sql.sql(
            """
            UPDATE criteria_proposal SET state = ?, decided_by = ?, decided_at = ?, approval_id = ? WHERE id = ?
            """)
        .params(
            state.name(),
            decided.decidedBy(),
            clock.instant().atOffset(ZoneOffset.UTC),
            decided.approvalId(),
            proposal.proposalId())
        .update();
    if (state == CriteriaProposal.State.APPROVED) {
      criteria.registerApproved(proposal.application(), proposal.proposed(), proposal.requester());
    }
  }

  /**
   * Returns why approved criteria cannot be registered; empty if they can. They are checked again,
   * because an earlier version of Plumbline accepted proposals that any variant meets.
   */
  private Optional<Problem> whyNotRegistrable(CriteriaProposal proposal) {
    return criteria.whyNotRegistrable(proposal.application(), proposal.proposed());
  }

  /** Records, like any other refusal, why approved criteria were not registered. */
  private void recordRefusal(CriteriaProposal proposal, Problem refusal) {
    List<String> reasons = new ArrayList<>(List.of(refusal.getMessage()));
    refusal.errors().forEach(error -> reasons.add(error.pointer() + " " + error.detail()));
    outbox.append(
        new ActionDenied(
            "approval.decided",
            "/api/applications/%s/criteria-proposals".formatted(proposal.application()),
            refusal.type().status().value(),
            refusal.type().slug(),
            reasons),
        "denial/" + Ids.next(),
        1);
  }

  private CriteriaProposal read(ResultSet row, int number) throws SQLException {
    return new CriteriaProposal(
        row.getObject("id", UUID.class),
        row.getString("application"),
        row.getInt("version"),
        new Digest(row.getString("digest")),
        json.readValue(row.getString("proposed"), ProposedCriteria.class),
        Columns.texts(row, "loosens"),
        row.getString("reason"),
        row.getString("requester"),
        Columns.instant(row, "requested_at"),
        CriteriaProposal.State.valueOf(row.getString("state")),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"),
        row.getObject("approval_id", UUID.class));
  }
}
