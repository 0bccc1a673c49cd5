package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What success means for an application, fixed before anything is measured against it.
 *
 * <p>One metric can be met at the expense of all others, so at least two of different kinds are
 * needed.
 */
public record CriteriaSet(String application, List<Criterion> criteria) {

  public static final int MAX_SAMPLE = 1_000_000;

  public CriteriaSet {
    criteria = List.copyOf(criteria);
  }

  /**
   * Throws 422 for criteria that cannot be judged, and 409, which is recorded, for a single kind of
   * metric.
   */
  public static CriteriaSet of(String application, List<Criterion> criteria) {
    Problem problem =
        new Problem(StrategyProblem.INVALID_CRITERIA, "Correct the criteria listed in errors.");
    Set<String> seen = new HashSet<>();
    boolean wrong = false;
    for (int i = 0; i < criteria.size(); i++) {
      Map<String, String> faults = faults(criteria.get(i));
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
    Set<MetricKind> kinds = criteria.stream().map(Criterion::kind).collect(Collectors.toSet());
    if (kinds.size() < 2) {
      throw new Problem(
              StrategyProblem.SINGLE_METRIC,
              "Add a criterion of another kind, for instance consistency or latency_p95_ms: a"
                  + " single kind can be met at the expense of all others.")
          .missing(
              List.of(
                  "a second kind of metric besides "
                      + kinds.stream().map(MetricKind::name).collect(Collectors.joining())));
    }
    return new CriteriaSet(application, criteria);
  }

  public Digest digest() {
    return CanonicalJson.digest(this);
  }

  private static Map<String, String> faults(Criterion criterion) {
    KnownMetric known = KnownMetric.of(criterion.metric()).orElse(null);
    if (known == null) {
      return Map.of(
          "metric",
          "is not a metric that evaluation computes; use one of "
              + List.of(KnownMetric.values()).stream().map(KnownMetric::metric).toList());
    }
    Map<String, String> faults = new LinkedHashMap<>();
    if (criterion.kind() != known.kind()) {
      faults.put("kind", "must be %2$s, the kind of %1$s".formatted(known.metric(), known.kind()));
    }
    if (criterion.direction() != known.direction()) {
      faults.put("direction", "must be %2$s for %1$s".formatted(known.metric(), known.direction()));
    }
    if (!(criterion.threshold() >= 0 && criterion.threshold() <= known.largest())) {
      faults.put(
          "threshold",
          known.largest() == 1 ? "must be from 0 to 1" : "must be a number of at least 0");
    }
    if (!(criterion.margin() >= 0 && criterion.margin() <= known.largest())) {
      faults.put(
          "margin",
          known.largest() == 1 ? "must be from 0 to 1" : "must be a number of at least 0");
    }
    if (criterion.sampleSize() < 1 || criterion.sampleSize() > MAX_SAMPLE) {
      faults.put("sampleSize", "must be from 1 to " + MAX_SAMPLE);
    }
    return faults;
  }
}
