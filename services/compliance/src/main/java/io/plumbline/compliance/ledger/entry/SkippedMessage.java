package io.plumbline.compliance.ledger.entry;

/**
 * A message that was received and does not become an entry. Its position is recorded, so that a
 * message that was left out can be distinguished from one that was erased.
 */
public record SkippedMessage(KafkaPosition position, String reason) {

  /** The reason for an event of a type that the ledger does not record. */
  public static final String NOT_RECORDED = "not recorded";

  /** The reason for an event that was received before, at another position. */
  public static final String REPEATED = "repeated";
}
