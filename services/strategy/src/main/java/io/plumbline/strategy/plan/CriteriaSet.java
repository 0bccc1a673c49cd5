package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.SuiteProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What success means for an application, fixed before anything is measured against it: on which
 * suite, with how many verdicts, by which thresholds.
 *
 * <p>One metric can be met at the expense of all others, and speed and cost can be met without a
 * single right answer, so there is one criterion of quality and one of another kind at least.
 *
 * @param purpose what they decide about; those of refreshes compare every metric of quality with
 *     what was there before
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
   * Throws 422 for criteria that the suite cannot judge, and 409, which is recorded, for a suite
   * that carries no verdicts and for kinds of metrics that leave quality or everything else out.
   */
  static CriteriaSet of(String application, ProposedCriteria proposed, SuiteProjection suite) {
    if (!suite.carriesVerdicts()) {
      throw new Problem(
              StrategyProblem.EXPLORATION_SUITE,
              "Name a suite over the subset test: the others are seen while models and prompts are"
                  + " chosen.")
          .at("/suiteDigest", "is %s, over the subset %s".formatted(suite.title(), suite.subset()));
    }
    checkEach(proposed, suite);
    checkKinds(proposed.criteria());
    return new CriteriaSet(
        application,
        suite.suiteDigest(),
        proposed.plannedVerdicts(),
        proposed.candidatesPerPhase(),
        proposed.criteria(),
        proposed.purpose());
  }

  /**
   * Of these criteria as this version of the application's. Verdicts are matched by it, so that
   * going back to former criteria does not bring their verdicts back.
   */
  public Digest digest(int version) {
    return CanonicalJson.digest(new Versioned(version, this));
  }

  private record Versioned(int version, CriteriaSet set) {}

  private static void checkEach(ProposedCriteria proposed, SuiteProjection suite) {
    List<Criterion> criteria = proposed.criteria();
    Problem problem =
        new Problem(StrategyProblem.INVALID_CRITERIA, "Correct the criteria listed in errors.");
    Set<String> seen = new HashSet<>();
    boolean wrong = false;
    for (int i = 0; i < criteria.size(); i++) {
      Map<String, String> faults = CriterionFaults.of(criteria.get(i), proposed.purpose(), suite);
      if (!seen.add(criteria.get(i).metric())) {
        problem.at(
            "/criteria/%d/metric".formatted(i), "occurs twice; give each metric one threshold");
        wrong = true;
      }
      for (Map.Entry<String, String> fault : faults.entrySet()) {
        problem.at("/criteria/%d/%s".formatted(i, fault.getKey()), fault.getValue());
        wrong = true;
      }
    }
    if (wrong) {
      throw problem;
    }
  }

  private static void checkKinds(List<Criterion> criteria) {
    Set<MetricKind> kinds = criteria.stream().map(Criterion::kind).collect(Collectors.toSet());
    boolean quality = kinds.stream().anyMatch(MetricKind::ofQuality);
    if (quality && kinds.size() >= 2) {
      return;
    }
    throw new Problem(
            StrategyProblem.SINGLE_METRIC,
            quality
                ? "Add a criterion of another kind, for instance consistency or latency_p95_ms: a"
                    + " single kind can be met at the expense of all others."
                : "Add a criterion of quality, for instance accuracy: speed, cost and steadiness"
                    + " can be had without a right answer.")
        .missing(
            List.of(
                quality
                    ? "a second kind of metric besides " + kinds.iterator().next()
                    : "a metric of quality"));
  }
}
