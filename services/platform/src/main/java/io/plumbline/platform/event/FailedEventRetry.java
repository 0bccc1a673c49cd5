package io.plumbline.platform.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.signature.Authenticity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Retries events that failed, while the consumer goes on with the events of other keys. Of each key
 * the first that failed is retried, and then those that came behind it, in their order. An event
 * that failed {@link #ATTEMPTS} times becomes a dead letter. Replicas share the work: two that
 * retry one key at once wait for each other at the inbox.
 */
final class FailedEventRetry {

  static final int ATTEMPTS = 4;

  private static final Logger log = LoggerFactory.getLogger(FailedEventRetry.class);
  private static final Duration SECOND_RETRY = Duration.ofMillis(500);
  private static final Duration LATER_RETRIES = Duration.ofSeconds(2);

  private final DeadLetters deadLetters;
  private final Inbox inbox;
  private final EventVerifier verifier;
  private final MeterRegistry meters;

  FailedEventRetry(
      DeadLetters deadLetters, Inbox inbox, EventVerifier verifier, MeterRegistry meters) {
    this.deadLetters = deadLetters;
    this.inbox = inbox;
    this.verifier = verifier;
    this.meters = meters;
  }

  /** Returns whether the database is unavailable, so that the event itself may be fine. */
  static boolean isDatabaseUnavailable(Throwable failure) {
    return failure instanceof CannotCreateTransactionException
        || failure instanceof NonTransientDataAccessResourceException;
  }

  /** Retries each event that is due. */
  void retryDue() {
    Optional<DeadLetters.Due> due = deadLetters.claimDue();
    while (due.isPresent()) {
      retryKey(due.get());
      due = deadLetters.claimDue();
    }
  }

  private void retryKey(DeadLetters.Due due) {
    List<DeadLetters.StoredDeadLetter> events =
        deadLetters.findSameKey(due.deadLetterId(), due.workspace());
    for (DeadLetters.StoredDeadLetter event : events) {
      Optional<String> failure = retry(event);
      if (failure.isPresent()) {
        recordFailure(event, failure.get());
        return;
      }
    }
  }

  /** Retries an event, and returns why it failed again; empty if it was applied. */
  private Optional<String> retry(DeadLetters.StoredDeadLetter event) {
    ReceivedMessage message = event.message();
    Authenticity authenticity =
        verifier.verify(message.topic(), message.headers(), message.value());
    if (authenticity != Authenticity.AUTHENTIC) {
      return Optional.of(authenticity.explanation());
    }
    try {
      inbox.apply(
          message.metadata(), message.value(), () -> deadLetters.remove(event.deadLetterId()));
      return Optional.empty();
    } catch (RuntimeException e) {
      if (isDatabaseUnavailable(e)) {
        throw e;
      }
      log.warn("An event failed again. It is retried, or kept as a dead letter", e);
      return Optional.of(EventConsumer.rootCause(e));
    }
  }

  private void recordFailure(DeadLetters.StoredDeadLetter event, String cause) {
    EventMetadata metadata = event.message().metadata();
    Caller.system(metadata.workspace())
        .run(() -> {
          int attempts = deadLetters.countAttempt(event.deadLetterId());
          if (attempts < ATTEMPTS) {
            Duration pause = attempts == 2 ? SECOND_RETRY : LATER_RETRIES;
            deadLetters.retryAfter(event.deadLetterId(), pause, cause);
          } else {
            giveUp(event, metadata, cause);
          }
        });
  }

  private void giveUp(DeadLetters.StoredDeadLetter event, EventMetadata metadata, String cause) {
    log.error(
        "Event {} with id {} about {} of workspace {} could not be applied in {} attempts. It is"
            + " kept as a dead letter, and later events about the same subject wait behind it: {}",
        metadata.type(),
        metadata.id(),
        metadata.subject(),
        metadata.workspace(),
        ATTEMPTS,
        cause);
    deadLetters
        .giveUp(event.deadLetterId(), metadata, cause)
        .forEach(
            each -> Metrics.EVENTS_DEAD_LETTERS.counter(meters, "type", each.type()).increment());
  }
}
