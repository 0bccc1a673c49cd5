package io.plumbline.strategy.plan;

import io.plumbline.contracts.ComplianceEvent.ReceiptIssued;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Suite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Registers the versions of an application's success criteria before anything is judged by them. A
 * version never changes. Verdicts under earlier criteria are kept, but decide nothing any more, as
 * {@link io.plumbline.contracts.VerdictKind#countsForRelease} and {@link PlanEvidence} define.
 */
@Service
public class CriteriaService {

  /**
   * The result of registering criteria.
   *
   * @param fresh whether a new version was registered; false if the same criteria were in force
   *     already
   */
  public record Registered(CriteriaView view, boolean fresh) {}

  private final ApplicationCatalog applications;
  private final ProjectionReader projections;
  private final PhaseTracker phases;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;

  CriteriaService(
      ApplicationCatalog applications,
      ProjectionReader projections,
      PhaseTracker phases,
      JdbcClient sql,
      JsonMapper json,
      Clock clock) {
    this.applications = applications;
    this.projections = projections;
    this.phases = phases;
    this.sql = sql;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Registers criteria. The criteria in force are not registered a second time.
   *
   * @throws Problem 409, recorded, for criteria that are less strict than those in force, for all
   *     criteria of refreshes, for a suite with too few items, and if variants without any skill
   *     meet them
   */
  @Transactional
  public Registered register(String application, ProposedCriteria proposed) {
    applications.lock(application);
    CriteriaSet set = requireEnoughItems(application, proposed);
    Optional<CriteriaView> current = inForce(application, proposed.purpose());
    if (current
        .filter(view -> view.criteriaDigest().equals(set.digest(view.version())))
        .isPresent()) {
      return new Registered(current.get(), false);
    }
    requireNotTriviallyMet(set);
    if (proposed.purpose() == CriteriaPurpose.REFRESH) {
      throw new Problem(
              StrategyProblem.REFRESH_CRITERIA,
              ("Under these criteria a policy may release without a person. Request them by POST"
                      + " /api/applications/%s/criteria-proposals, about which a second person"
                      + " decides.")
                  .formatted(application))
          .missing(List.of("a second person's approval of criteria of refreshes"));
    }
    if (isFirstAfterData(application, set)) {
      throw new Problem(
              StrategyProblem.CRITERIA_AFTER_DATA,
              ("Runs have answered test items of this subset before the application had criteria"
                      + " over them. Request these criteria by POST"
                      + " /api/applications/%s/criteria-proposals, about which a second person"
                      + " decides.")
                  .formatted(application))
          .missing(List.of("a second person's approval of criteria that come after the data"));
    }
    List<String> loosens = current.map(view -> loosenings(view, set)).orElse(List.of());
    if (!loosens.isEmpty()) {
      throw new Problem(
              StrategyProblem.LOOSER_CRITERIA,
              ("These criteria ask less than version %d, which is in force. Register criteria that"
                      + " are at least as strict, or request these by POST"
                      + " /api/applications/%s/criteria-proposals, about which a second person"
                      + " decides.")
                  .formatted(current.orElseThrow().version(), application))
          .missing(
              loosens.stream().map(each -> "a second person's approval that " + each).toList());
    }
    return addVersion(application, set, Caller.current().actor(), false);
  }

  /** Returns whether these are the application's first criteria over items that runs have used. */
  boolean isFirstAfterData(String application, CriteriaSet set) {
    Suite suite = requireSuite(set.suiteDigest());
    return versions(application).stream()
            .noneMatch(view -> requireSuite(view.suiteDigest()).isOfSameSubset(suite))
        && projections.hasRunOver(suite);
  }

  /**
   * Registers criteria that a second person has approved. The caller must hold the application's
   * lock.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void registerApproved(String application, ProposedCriteria proposed, String author) {
    addVersion(application, criteriaSet(application, proposed), author, true);
  }

  /**
   * Returns the proposed criteria after checking that their suite has enough items for the power
   * that they register.
   *
   * @throws Problem 409, recorded, if the suite has too few items, and for a suite of items on
   *     which criteria of the other purpose judge
   */
  CriteriaSet requireEnoughItems(String application, ProposedCriteria proposed) {
    CriteriaSet set = criteriaSet(application, proposed);
    new PowerCheck(set, requireSuite(set.suiteDigest())).requireEnoughItems();
    return set;
  }

  /**
   * Requires that variants without any skill do not meet the criteria.
   *
   * @throws Problem 409 while the scores of such variants over the suite are not known, and 409,
   *     recorded, if they meet the criteria
   */
  void requireNotTriviallyMet(CriteriaSet set) {
    List<TrivialScores> variants =
        projections
            .trivialScores(set.suiteDigest())
            .orElseThrow(() ->
                new Problem(
                        CommonProblem.NOT_YET_KNOWN,
                        ("The scores of variants without any skill over the suite are not known"
                             + " yet. If the suite has just been published, try again in a second."
                             + " If it is an older one, have the scores computed by POST"
                             + " /api/suites/%s/trivial-scores.")
                            .formatted(set.suiteDigest()))
                    .withFieldError(
                        "/suiteDigest", "has no scores of variants without any skill yet")
                    .retryAfter(Duration.ofSeconds(1)));
    new TrivialCriteriaCheck(set, requireSuite(set.suiteDigest()), variants)
        .requireNotTriviallyMet();
  }

  /**
   * Returns why proposed criteria cannot be registered even if they are approved: variants without
   * any skill meet them, it is not known whether they do, or their suite is not known or has items
   * of the criteria of the other purpose.
   */
  Optional<Problem> whyNotRegistrable(String application, ProposedCriteria proposed) {
    try {
      requireNotTriviallyMet(criteriaSet(application, proposed));
      return Optional.empty();
    } catch (Problem refused) {
      return Optional.of(refused);
    }
  }

  /**
   * Returns the proposed criteria over the suite that they name, whose publication must have
   * arrived here.
   *
   * @throws Problem 409, recorded, for a suite of items on which criteria of the other purpose
   *     judge
   */
  private CriteriaSet criteriaSet(String application, ProposedCriteria proposed) {
    Suite suite = requireSuite(proposed.suiteDigest());
    CriteriaSet set = CriteriaSet.of(application, proposed, suite);
    requireSeparateItems(application, proposed.purpose(), suite);
    return set;
  }

  private void requireSeparateItems(String application, CriteriaPurpose purpose, Suite suite) {
    for (CriteriaPurpose other : CriteriaPurpose.values()) {
      if (other == purpose) {
        continue;
      }
      Optional<CriteriaView> inForce = inForce(application, other);
      if (inForce.isPresent() && requireSuite(inForce.get().suiteDigest()).isOfSameSubset(suite)) {
        throw new Problem(
                StrategyProblem.SHARED_ITEMS,
                ("Name a suite over the test items of another split: those of this one are used by"
                        + " version %d, whose criteria have the purpose %s.")
                    .formatted(inForce.get().version(), other))
            .withFieldError("/suiteDigest", "has the items of criteria of the purpose " + other);
      }
    }
  }

  /**
   * Returns the metrics of quality that the suite of criteria measures and that have no criterion.
   */
  List<String> metricsWithoutCriterion(CriteriaSet set) {
    Set<String> required =
        set.criteria().stream().map(Criterion::metric).collect(Collectors.toSet());
    return requireSuite(set.suiteDigest()).metrics().stream()
        .filter(metric -> metric.kind().measuresQuality() && !required.contains(metric.metric()))
        .map(SuiteMetric::metric)
        .toList();
  }

  /** Returns how criteria are less strict than those in force, one sentence each. */
  List<String> loosenings(CriteriaView inForce, CriteriaSet next) {
    return CriteriaLoosening.describe(
        inForce, requireSuite(inForce.suiteDigest()), next, requireSuite(next.suiteDigest()));
  }

  private Suite requireSuite(Digest digest) {
    return projections.suite(digest).orElseThrow(() -> Problem.notYetKnown("/suiteDigest"));
  }

  /** Returns the number of the next version; all purposes share one sequence. */
  int nextVersion(String application) {
    return versions(application).stream().findFirst().map(CriteriaView::version).orElse(0) + 1;
  }

  private Registered addVersion(
      String application, CriteriaSet set, String author, boolean approved) {
    int version = nextVersion(application);
    Digest digest = set.digest(version);
    Instant now = clock.instant();
    UUID event =
        applications.publish(
            application,
            new CriteriaRegistered(
                application,
                version,
                digest,
                set.suiteDigest(),
                set.plannedVerdicts(),
                set.candidatesPerPhase(),
                set.criteria(),
                set.purpose().eventValue(),
                approved));
    sql.sql(
            """
            INSERT INTO criteria (workspace_id, application, version, digest, suite_digest, planned_verdicts,
              candidates_per_phase, criteria, purpose, author, registered_at, event_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            """)
        .params(
            Caller.current().workspace(),
            application,
            version,
            digest.hex(),
            set.suiteDigest().hex(),
            set.plannedVerdicts(),
            set.candidatesPerPhase(),
            json.writeValueAsString(set.criteria()),
            set.purpose().name(),
            author,
            now.atOffset(ZoneOffset.UTC),
            event)
        .update();
    phases.updatePhases(application);
    return new Registered(
        new CriteriaView(
            application,
            version,
            digest,
            set.suiteDigest(),
            set.plannedVerdicts(),
            set.candidatesPerPhase(),
            set.criteria(),
            set.purpose(),
            author,
            now,
            TriviallyMet.of(
                set.criteria(), projections.trivialScores(set.suiteDigest()).orElse(List.of())),
            null),
        true);
  }

  @OnEvent
  @Transactional
  public void on(ReceiptIssued receipt) {
    sql.sql("UPDATE criteria SET ledger_index = ? WHERE event_id = ? AND ledger_index IS NULL")
        .params(receipt.ledgerIndex(), receipt.eventId())
        .update();
  }

  /**
   * Returns the criteria in force that decide about phases and releases; empty before any are
   * registered.
   */
  @Transactional(readOnly = true)
  public Optional<CriteriaView> inForce(String application) {
    return inForce(application, CriteriaPurpose.RELEASE);
  }

  /** Returns the criteria in force for a purpose; empty before any are registered. */
  @Transactional(readOnly = true)
  public Optional<CriteriaView> inForce(String application, CriteriaPurpose purpose) {
    return versions(application).stream().filter(each -> each.purpose() == purpose).findFirst();
  }

  /** Returns all versions of an application's criteria, newest first; an application has few. */
  @Transactional(readOnly = true)
  public List<CriteriaView> versions(String application) {
    return sql.sql(
            """
            SELECT c.*, t.variants AS trivial_scores FROM criteria c
              LEFT JOIN trivial_scores t ON t.suite_digest = c.suite_digest
            WHERE c.application = ? ORDER BY c.version DESC
            """)
        .param(application)
        .query(this::read)
        .list();
  }

  private CriteriaView read(ResultSet row, int number) throws SQLException {
    Long index = row.getObject("ledger_index", Long.class);
    String trivial = row.getString("trivial_scores");
    List<Criterion> criteria =
        json.readValue(row.getString("criteria"), new TypeReference<List<Criterion>>() {});
    return new CriteriaView(
        row.getString("application"),
        row.getInt("version"),
        new Digest(row.getString("digest")),
        new Digest(row.getString("suite_digest")),
        row.getInt("planned_verdicts"),
        row.getInt("candidates_per_phase"),
        criteria,
        CriteriaPurpose.valueOf(row.getString("purpose")),
        row.getString("author"),
        Columns.instant(row, "registered_at"),
        triviallyMet(criteria, trivial),
        index == null ? null : new CriteriaView.Receipt(index));
  }

  private List<TriviallyMet> triviallyMet(List<Criterion> criteria, @Nullable String scores) {
    if (scores == null) {
      return List.of();
    }
    return TriviallyMet.of(
        criteria, json.readValue(scores, new TypeReference<List<TrivialScores>>() {}));
  }
}
