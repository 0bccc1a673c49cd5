package io.plumbline.platform.event;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Passes events to their handlers. An event that fails is retried in place a few times, then kept
 * as a dead letter with its cause, and so are later events of its key, so that a replay keeps their
 * order. While the database is unavailable nothing becomes a dead letter: the event is retried
 * without limit.
 */
final class EventConsumer implements MessageListener<byte[], byte[]> {

  private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
  private static final Duration[] BACKOFF = {
    Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(2)
  };

  private final EventHandlers handlers;
  private final Inbox inbox;
  private final DeadLetters deadLetters;
  private final MeterRegistry meters;

  EventConsumer(
      EventHandlers handlers, Inbox inbox, DeadLetters deadLetters, MeterRegistry meters) {
    this.handlers = handlers;
    this.inbox = inbox;
    this.deadLetters = deadLetters;
    this.meters = meters;
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    Map<String, String> headers = Envelope.read(message.headers());
    if (!handlers.handles(headers.getOrDefault("ce_type", ""))) {
      return;
    }
    EventMetadata metadata;
    try {
      metadata = Envelope.metadata(headers);
    } catch (RuntimeException e) {
      // Without workspace and id it belongs to no workspace; the ledger keeps its bytes.
      log.error(
          "The message at {}-{}@{} has no valid CloudEvents headers and is skipped",
          message.topic(),
          message.partition(),
          message.offset(),
          e);
      meters.counter("plumbline.events.broken").increment();
      return;
    }
    if (deadLetters.existsBefore(metadata)) {
      keep(metadata, headers, message.value(), "An earlier event of the same key is a dead letter");
      return;
    }
    apply(metadata, headers, message.value());
  }

  private void apply(EventMetadata metadata, Map<String, String> headers, byte[] value) {
    for (int attempt = 0; ; attempt++) {
      try {
        inbox.apply(metadata, value, () -> {});
        meters.counter("plumbline.events.consumed", "type", metadata.type()).increment();
        return;
      } catch (CannotCreateTransactionException
          | NonTransientDataAccessResourceException unavailable) {
        throw unavailable;
      } catch (RuntimeException e) {
        if (attempt == BACKOFF.length) {
          log.error(
              "{} {} of {} is kept as a dead letter",
              metadata.type(),
              metadata.id(),
              metadata.subject(),
              e);
          keep(metadata, headers, value, cause(e));
          return;
        }
        log.warn(
            "{} {} failed, attempt {}: {}",
            metadata.type(),
            metadata.id(),
            attempt + 1,
            e.toString());
        sleep(
            e instanceof TransientDataAccessException
                ? BACKOFF[BACKOFF.length - 1]
                : BACKOFF[attempt]);
      }
    }
  }

  private void keep(
      EventMetadata metadata, Map<String, String> headers, byte[] value, String cause) {
    deadLetters.add(metadata, headers, value, cause);
    meters.counter("plumbline.events.parked", "type", metadata.type()).increment();
  }

  /** The root cause of a failure, in one line. */
  static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while retrying", e);
    }
  }
}
