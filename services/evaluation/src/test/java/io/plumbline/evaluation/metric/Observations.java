package io.plumbline.evaluation.metric;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates observations of labelled items, as the scorers of label and exact match score them. */
public final class Observations {

  public static final String LABEL = "label";
  public static final Metric ACCURACY = Metric.accuracy(LABEL);
  public static final Metric EXACT_MATCH = Metric.share("exact_match");

  private Observations() {}

  public static Observation labelled(
      String itemId,
      Perturbation perturbation,
      String label,
      @Nullable String prediction,
      boolean failed,
      double millis,
      @Nullable BigDecimal cost) {
    double score = label.equals(prediction) ? 1 : 0;
    return new Observation(
        itemId,
        perturbation,
        label,
        prediction,
        failed ? Map.of() : Map.of(LABEL, score, EXACT_MATCH.name(), score),
        Map.of(),
        Set.of(),
        false,
        null,
        failed,
        millis,
        cost);
  }
}
