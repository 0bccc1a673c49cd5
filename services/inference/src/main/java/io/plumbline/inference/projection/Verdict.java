package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as evaluation issued it.
 *
 * @param sequence orders the verdicts of an application: the largest is the newest
 * @param comparedWith the variants with whose baselines a REFRESH was compared; empty for other
 *     kinds
 */
public record Verdict(
    UUID id,
    VerdictKind kind,
    String application,
    long sequence,
    Digest subject,
    @Nullable Digest criteria,
    Outcome outcome,
    List<String> reasons,
    List<Digest> comparedWith) {
  /** Returns id, kind, outcome and reasons of the verdict in one line, for error texts. */
  public String describe() {
    String described = "verdict %s of kind %s is %s".formatted(id, kind, outcome);
    if (reasons.isEmpty()) {
      return described;
    }
    return described + ": " + String.join("; ", reasons);
  }
}
