package io.plumbline.compliance.risk;

/**
 * A cell of the five-by-five matrix: likelihood times impact, each from 1 (rare, negligible) to 5
 * (almost certain, severe).
 */
public record RiskLevel(int likelihood, int impact) {

  /** The rating of a score: LOW up to 4, MEDIUM up to 9, HIGH up to 14, CRITICAL above. */
  public enum Rating {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  public RiskLevel {
    if (likelihood < 1 || likelihood > 5 || impact < 1 || impact > 5) {
      throw new IllegalArgumentException("Likelihood and impact must be from 1 to 5");
    }
  }

  public int score() {
    return likelihood * impact;
  }

  public Rating rating() {
    int score = score();
    if (score <= 4) {
      return Rating.LOW;
    }
    if (score <= 9) {
      return Rating.MEDIUM;
    }
    if (score <= 14) {
      return Rating.HIGH;
    }
    return Rating.CRITICAL;
  }
}
