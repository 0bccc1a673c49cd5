package io.plumbline.strategy.projection;

import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A suite as evaluation published it.
 *
 * @param splitDigest the digest of the split of whose subset the suite's items are
 * @param versionDigest the digest of the dataset version that the suite's items come from; absent
 *     while the event of the split has not arrived
 * @param items the number of items without the perturbed ones
 */
public record Suite(
    Digest suiteDigest,
    String name,
    int version,
    Digest splitDigest,
    String subset,
    @Nullable Digest versionDigest,
    List<SuiteScorer> scorers,
    List<SuiteMetric> metrics,
    List<String> perturbations,
    long items,
    long perturbedItems) {

  /** The only subset that neither training nor the choice of a checkpoint may have seen. */
  private static final String TEST = "test";

  /**
   * Returns whether runs over the suite may be judged; runs over other subsets than {@code test}
   * are exploration.
   */
  public boolean allowsVerdicts() {
    return subset.equals(TEST);
  }

  /**
   * Returns how this suite may be easier than a former one. The person who chooses the items
   * decides how hard they are, so one person alone may not choose other rows, fewer items or
   * another measurement. The list is empty for fresh items of the same dataset version that are
   * measured alike, and for the suite itself.
   */
  public List<String> findWeakenings(Suite former) {
    List<String> weaker = new ArrayList<>();
    if (suiteDigest.equals(former.suiteDigest)) {
      return weaker;
    }
    if (versionDigest == null
        || !versionDigest.equals(former.versionDigest)
        || !subset.equals(former.subset)) {
      weaker.add("it uses other rows");
    }
    if (items < former.items || perturbedItems < former.perturbedItems) {
      weaker.add("it has fewer items");
    }
    if (!Set.copyOf(scorers).equals(Set.copyOf(former.scorers))
        || !Set.copyOf(perturbations).equals(Set.copyOf(former.perturbations))) {
      weaker.add("it measures differently");
    }
    return weaker;
  }

  /**
   * Returns whether both suites use the same subset of the same split. Equal items of another split
   * are not detected here; evaluation counts attempts by content.
   */
  public boolean isOfSameSubset(Suite other) {
    return splitDigest.equals(other.splitDigest) && subset.equals(other.subset);
  }

  public Optional<SuiteMetric> metric(String name) {
    return metrics.stream().filter(each -> each.metric().equals(name)).findFirst();
  }

  /** Returns whether a metric is measured on the perturbed items alone. */
  public boolean isMeasuredOnPerturbed(SuiteMetric metric) {
    return metric.kind() == MetricKind.ROBUSTNESS;
  }

  /** Returns the number of items that a metric can be measured on. */
  public long countItems(SuiteMetric metric) {
    Integer published = metric.items();
    if (published != null) {
      return published;
    }
    return isMeasuredOnPerturbed(metric) ? perturbedItems : items;
  }

  /** Returns whether the scorer of a metric applies to only a part of the items. */
  public boolean isPartiallyApplicable(SuiteMetric metric) {
    return !isMeasuredOnPerturbed(metric) && countItems(metric) < items;
  }

  public String nameAndVersion() {
    return name + " version " + version;
  }
}
