package io.plumbline.compliance.ledger.entry;

/**
 * A message that was received and becomes no entry: noted by its position, so that what is missing
 * can be told from what was left out.
 */
public record Skipped(Position position, String reason) {

  /** Its kind is not recorded. */
  public static final String NOT_RECORDED = "not recorded";

  /** Its event was received before, at another position. */
  public static final String REPEATED = "repeated";
}
