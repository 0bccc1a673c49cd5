package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.KafkaPosition;

/**
 * An exception that says that another message was received at a position before, because the topic
 * was deleted and created anew. The batch is received again once {@link
 * MessageRecorder#renumberPartition} has numbered the partition anew.
 */
public final class TopicRecreated extends RuntimeException {

  private final KafkaPosition kafkaPosition;

  TopicRecreated(KafkaPosition kafkaPosition) {
    super(
        kafkaPosition
            + " was received before with a different content: the topic was created anew, so its"
            + " offsets repeat");
    this.kafkaPosition = kafkaPosition;
  }

  public KafkaPosition position() {
    return kafkaPosition;
  }
}
