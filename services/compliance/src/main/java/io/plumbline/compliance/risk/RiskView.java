package io.plumbline.compliance.risk;

import java.time.Instant;
import java.util.List;

/**
 * A risk of the register.
 *
 * @param approaches the approaches that the risk applies to: PROMPT, RETRIEVAL, FINE_TUNING
 * @param inherent the level before the mitigation
 * @param residual the level after the mitigation
 * @param signals the observations that would change the likelihood
 * @param evidence the evidence that the current assessment is based on
 */
public record RiskView(
    String name,
    String title,
    String description,
    List<String> approaches,
    Assessed inherent,
    Assessed residual,
    String mitigation,
    List<String> signals,
    List<String> evidence,
    long version,
    String changedBy,
    Instant changedAt) {

  /** A level with its score and rating. */
  public record Assessed(int likelihood, int impact, int score, RiskLevel.Rating rating) {
    RiskLevel level() {
      return new RiskLevel(likelihood, impact);
    }

    static Assessed of(RiskLevel riskLevel) {
      return new Assessed(
          riskLevel.likelihood(), riskLevel.impact(), riskLevel.score(), riskLevel.rating());
    }
  }
}
