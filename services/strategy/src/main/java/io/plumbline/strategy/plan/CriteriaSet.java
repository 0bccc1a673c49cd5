package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.Suite;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The definition of success for an application, fixed before anything is measured against it: the
 * suite, the number of verdicts and the thresholds.
 *
 * <p>One metric can be met at the expense of all others, and speed and cost can be met without a
 * single right answer. Therefore there is at least one criterion of quality and one of another
 * kind.
 *
 * @param purpose the decisions that the criteria are for; criteria of refreshes compare every
 *     metric of quality with the variant before the refresh
 */
public record CriteriaSet(
    String application,
    Digest suiteDigest,
    int plannedVerdicts,
    int candidatesPerPhase,
    List<Criterion> criteria,
    CriteriaPurpose purpose) {

  public static final int MAX_SAMPLE = 1_000_000;

  public CriteriaSet {
    criteria = List.copyOf(criteria);
  }

  /**
   * Creates criteria over a suite.
   *
   * @throws Problem 422 for criteria that the suite cannot judge, and 409, recorded, for a suite
   *     that carries no verdicts and for criteria without a metric of quality or without one of
   *     another kind
   */
  static CriteriaSet of(String application, ProposedCriteria proposed, Suite suite) {
    if (!suite.allowsVerdicts()) {
      throw new Problem(
              StrategyProblem.EXPLORATION_SUITE,
              "Runs over the subset %s are not judged. Name a suite over the subset test: the other"
                      .formatted(suite.subset())
                  + " subsets are used while models and prompts are chosen.")
          .withFieldError(
              "/suiteDigest",
              "is %s, over the subset %s".formatted(suite.nameAndVersion(), suite.subset()));
    }
    requireValidCriteria(proposed, suite);
    requireTwoKinds(proposed.criteria());
    return new CriteriaSet(
        application,
        suite.suiteDigest(),
        proposed.plannedVerdicts(),
        proposed.candidatesPerPhase(),
        proposed.criteria(),
        proposed.purpose());
  }

  /**
   * Returns the digest of these criteria as a version of the application's criteria. Verdicts are
   * matched by this digest, so that registering former criteria again does not revive their
   * verdicts.
   */
  public Digest digest(int version) {
    return CanonicalJson.digest(new Versioned(version, this));
  }

  private record Versioned(int version, CriteriaSet set) {}

  private static void requireValidCriteria(ProposedCriteria proposed, Suite suite) {
    List<Criterion> criteria = proposed.criteria();
    Problem problem =
        new Problem(StrategyProblem.INVALID_CRITERIA, "Correct the criteria listed in errors.");
    Set<String> seen = new HashSet<>();
    boolean wrong = false;
    for (int i = 0; i < criteria.size(); i++) {
      Map<String, String> faults =
          CriterionFaults.byField(criteria.get(i), proposed.purpose(), suite);
      if (!seen.add(criteria.get(i).metric())) {
        problem.withFieldError(
            "/criteria/%d/metric".formatted(i), "occurs twice; give each metric one threshold");
        wrong = true;
      }
      for (Map.Entry<String, String> fault : faults.entrySet()) {
        problem.withFieldError("/criteria/%d/%s".formatted(i, fault.getKey()), fault.getValue());
        wrong = true;
      }
    }
    if (wrong) {
      throw problem;
    }
  }

  private static void requireTwoKinds(List<Criterion> criteria) {
    Set<MetricKind> kinds = criteria.stream().map(Criterion::kind).collect(Collectors.toSet());
    if (kinds.stream().noneMatch(MetricKind::measuresQuality)) {
      throw new Problem(
              StrategyProblem.SINGLE_METRIC,
              "None of the criteria is of quality. Add one, for instance of accuracy: a variant can"
                  + " be fast, cheap and consistent without a right answer.")
          .missing(List.of("a metric of quality"));
    }
    if (kinds.size() < 2) {
      throw new Problem(
              StrategyProblem.SINGLE_METRIC,
              "All criteria are of one kind. Add one of another kind, for instance of consistency"
                  + " or latency_p95_ms: a single kind can be met at the expense of all others.")
          .missing(List.of("a second kind of metric besides " + kinds.iterator().next()));
    }
  }
}
