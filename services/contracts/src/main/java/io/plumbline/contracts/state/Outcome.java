package io.plumbline.contracts.state;

/**
 * The result of a gate or verdict. INCONCLUSIVE means that the sample is too small or that an
 * interval does not exclude the threshold.
 */
public enum Outcome {
  PASS,
  FAIL,
  INCONCLUSIVE
}
