package io.plumbline.platform.event;

import io.plumbline.platform.signature.Authenticity;
import java.util.List;
import java.util.UUID;

/**
 * Applies dead letters again, those of one key in the order in which they were received. Each is
 * verified again, so that a forged message never has an effect.
 */
public final class DeadLetterReplay {

  /** The result of replaying the dead letters of a key. */
  public sealed interface Result {

    /** Signals that the workspace has no dead letter with this id. */
    record NotFound() implements Result {}

    record Applied(int count) implements Result {}

    /**
     * Signals that a dead letter failed again. It and those behind it remain.
     *
     * @param applied how many were applied before it
     * @param total how many dead letters the key had
     */
    record FailedAgain(int applied, int total, long deadLetterId, String cause) implements Result {}
  }

  private final DeadLetters deadLetters;
  private final Inbox inbox;
  private final EventVerifier verifier;

  DeadLetterReplay(DeadLetters deadLetters, Inbox inbox, EventVerifier verifier) {
    this.deadLetters = deadLetters;
    this.inbox = inbox;
    this.verifier = verifier;
  }

  public Result replay(long deadLetterId, UUID workspace) {
    List<DeadLetters.StoredDeadLetter> letters = deadLetters.findSameKey(deadLetterId, workspace);
    if (letters.isEmpty()) {
      return new Result.NotFound();
    }
    int applied = 0;
    for (DeadLetters.StoredDeadLetter letter : letters) {
      long id = letter.deadLetterId();
      ReceivedMessage message = letter.message();
      Authenticity authenticity =
          verifier.verify(message.topic(), message.headers(), message.value());
      if (authenticity != Authenticity.AUTHENTIC) {
        return new Result.FailedAgain(applied, letters.size(), id, authenticity.explanation());
      }
      try {
        inbox.replay(message.metadata(), message.value(), () -> deadLetters.remove(id));
      } catch (RuntimeException e) {
        return new Result.FailedAgain(applied, letters.size(), id, EventConsumer.rootCause(e));
      }
      applied++;
    }
    return new Result.Applied(applied);
  }
}
