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
 * Feeds events to their handlers. What fails is tried again in place a few times, then parked with
 * its cause, and later messages of its key are parked behind it so that replay keeps their order.
 * While the database is away nothing is parked: the record is retried for ever.
 */
final class EventConsumer implements MessageListener<byte[], byte[]> {

  private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);
  private static final Duration[] BACKOFF = {
    Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(2)
  };

  private final EventHandlers handlers;
  private final Inbox inbox;
  private final MeterRegistry meters;

  EventConsumer(EventHandlers handlers, Inbox inbox, MeterRegistry meters) {
    this.handlers = handlers;
    this.inbox = inbox;
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
      // Without workspace and id it can be attributed to nobody; the ledger keeps its bytes.
      log.error(
          "A message at {}-{}@{} has a broken envelope and is skipped",
          message.topic(),
          message.partition(),
          message.offset(),
          e);
      meters.counter("plumbline.events.broken").increment();
      return;
    }
    if (inbox.parkedBefore(metadata)) {
      park(metadata, headers, message.value(), "An earlier message of the same key is parked");
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
      } catch (CannotCreateTransactionException | NonTransientDataAccessResourceException away) {
        throw away;
      } catch (RuntimeException e) {
        if (attempt == BACKOFF.length) {
          log.error(
              "{} {} about {} is parked", metadata.type(), metadata.id(), metadata.subject(), e);
          park(metadata, headers, value, cause(e));
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

  private void park(
      EventMetadata metadata, Map<String, String> headers, byte[] value, String cause) {
    inbox.park(metadata, headers, value, cause);
    meters.counter("plumbline.events.parked", "type", metadata.type()).increment();
  }

  /** What lies at the bottom of a failure, as a person reads it. */
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
