package io.plumbline.contracts.state;

/**
 * The state of a phase. LOCKED until the phase before it is decided; OPEN for work; MET or MISSED
 * when its verdict did or did not meet the criteria; WAIVED when an approved waiver opened it
 * without the evidence of the phase before it.
 */
public enum PhaseState {
  LOCKED,
  OPEN,
  MET,
  MISSED,
  WAIVED
}
