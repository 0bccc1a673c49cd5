package io.plumbline.platform.event;

import java.util.List;
import java.util.UUID;

/** Applies dead letters again, those of one key in the order in which they were received. */
public final class DeadLetterReplay {

  /** What became of the dead letters of a key. */
  public sealed interface Result {

    /** The workspace has no dead letter of this id. */
    record NotFound() implements Result {}

    record Applied(int count) implements Result {}

    /**
     * The first one that failed again, and those behind it, remain.
     *
     * @param applied how many were applied before it
     * @param total how many dead letters the key had
     */
    record FailedAgain(int applied, int total, long deadLetterId, String cause) implements Result {}
  }

  private final DeadLetters deadLetters;
  private final Inbox inbox;

  DeadLetterReplay(DeadLetters deadLetters, Inbox inbox) {
    this.deadLetters = deadLetters;
    this.inbox = inbox;
  }

  public Result replay(long deadLetterId, UUID workspace) {
    List<DeadLetters.Message> messages = deadLetters.ofSameKey(deadLetterId, workspace);
    if (messages.isEmpty()) {
      return new Result.NotFound();
    }
    int applied = 0;
    for (DeadLetters.Message message : messages) {
      long id = message.deadLetterId();
      try {
        inbox.apply(message.metadata(), message.value(), () -> deadLetters.remove(id));
      } catch (RuntimeException e) {
        return new Result.FailedAgain(applied, messages.size(), id, EventConsumer.cause(e));
      }
      applied++;
    }
    return new Result.Applied(applied);
  }
}
