package io.plumbline.contracts;

/**
 * What a gate or verdict says. INCONCLUSIVE: the sample is too small, or intervals do not exclude
 * the threshold.
 */
public enum Outcome {
  PASS,
  FAIL,
  INCONCLUSIVE
}
