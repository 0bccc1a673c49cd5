package io.plumbline.contracts.state;

/**
 * Where a phase stands: LOCKED until the former is decided; OPEN for work; MET when its verdict met
 * the criteria; MISSED when it did not; WAIVED when an approved waiver opens it without the
 * former's evidence.
 */
public enum PhaseState {
  LOCKED,
  OPEN,
  MET,
  MISSED,
  WAIVED
}
