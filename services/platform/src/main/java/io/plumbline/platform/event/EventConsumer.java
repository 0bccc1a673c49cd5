package io.plumbline.platform.event;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.Traces;
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
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 4;

  private final EventHandlers handlers;
  private final Inbox inbox;
  private final DeadLetters deadLetters;
  private final MeterRegistry meters;
  private final Traces traces;
  private final Retry retry;

  EventConsumer(
      EventHandlers handlers,
      Inbox inbox,
      DeadLetters deadLetters,
      MeterRegistry meters,
      Traces traces) {
    this.handlers = handlers;
    this.inbox = inbox;
    this.deadLetters = deadLetters;
    this.meters = meters;
    this.traces = traces;
    this.retry = Retry.of("events", settings());
    retry
        .getEventPublisher()
        .onRetry(failed ->
            log.warn(
                "An event could not be applied, attempt {}: {}",
                failed.getNumberOfRetryAttempts(),
                String.valueOf(failed.getLastThrowable())));
  }

  private static RetryConfig settings() {
    IntervalFunction backoff =
        IntervalFunction.ofExponentialBackoff(FIRST_RETRY.toMillis(), 10, SLOWEST_RETRY.toMillis());
    return RetryConfig.custom()
        .maxAttempts(ATTEMPTS)
        .retryOnException(e -> !isUnavailable(e))
        .intervalBiFunction((attempt, outcome) ->
            outcome.isLeft() && outcome.getLeft() instanceof TransientDataAccessException
                ? SLOWEST_RETRY.toMillis()
                : backoff.apply(attempt))
        .build();
  }

  /** Whether it is the database that is unavailable, so that the event itself may be fine. */
  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof CannotCreateTransactionException
        || failure instanceof NonTransientDataAccessResourceException;
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
      Metrics.EVENTS_INVALID.counter(meters).increment();
      return;
    }
    traces.run(
        "event " + metadata.type(),
        Span.Kind.CONSUMER,
        headers.get(Envelope.TRACEPARENT),
        () -> consume(metadata, headers, message.value()));
  }

  private void consume(EventMetadata event, Map<String, String> headers, byte[] value) {
    if (deadLetters.existsBefore(event)) {
      keep(event, headers, value, "An earlier event of the same key is a dead letter");
    } else {
      apply(event, headers, value);
    }
  }

  private void apply(EventMetadata event, Map<String, String> headers, byte[] value) {
    Timer.Sample sample = Timer.start(meters);
    try {
      retry.executeRunnable(() -> inbox.apply(event, value, () -> {}));
    } catch (RuntimeException e) {
      if (isUnavailable(e) || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      log.error(
          "{} {} of {} is kept as a dead letter", event.type(), event.id(), event.subject(), e);
      keep(event, headers, value, cause(e));
      return;
    }
    sample.stop(Metrics.EVENTS_CONSUMED.timer(meters, "type", event.type()));
  }

  private void keep(
      EventMetadata metadata, Map<String, String> headers, byte[] value, String cause) {
    deadLetters.add(metadata, headers, value, cause);
    Metrics.EVENTS_DEAD_LETTERS.counter(meters, "type", metadata.type()).increment();
  }

  /** The root cause of a failure, in one line. */
  static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
