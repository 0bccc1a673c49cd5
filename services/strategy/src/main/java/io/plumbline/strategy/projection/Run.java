package io.plumbline.strategy.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.state.RunOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A finished run as evaluation published it. */
public record Run(
    UUID runId,
    Digest suiteDigest,
    Digest variantDigest,
    RunOutcome outcome,
    long items,
    long failedItems,
    Map<String, Measure> metrics,
    BigDecimal cost,
    String currency,
    Instant finishedAt) {

  /** Returns whether the run measured anything; a run that failed has no metrics. */
  public boolean hasMetrics() {
    return !metrics.isEmpty();
  }
}
