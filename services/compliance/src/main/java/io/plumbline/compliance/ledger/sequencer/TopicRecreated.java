package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.Position;

/**
 * Another message was received at a position before: the topic was deleted and created anew. The
 * batch is received again once {@link MessageRecorder#renew} has numbered the partition anew.
 */
public final class TopicRecreated extends RuntimeException {

  private final Position position;

  TopicRecreated(Position position) {
    super(
        position
            + " was received before with another content: the topic was created anew, and its"
            + " offsets repeat");
    this.position = position;
  }

  public Position position() {
    return position;
  }
}
