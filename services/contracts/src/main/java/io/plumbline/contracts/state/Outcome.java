package io.plumbline.contracts.state;

/**
 * The result of a gate or verdict. INCONCLUSIVE: the sample is too small, or intervals do not
 * exclude the threshold.
 */
public enum Outcome {
  PASS,
  FAIL,
  INCONCLUSIVE
}
