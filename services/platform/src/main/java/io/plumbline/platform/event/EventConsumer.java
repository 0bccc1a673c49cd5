package io.plumbline.platform.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.RefusalLog;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.Authenticity;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListener;

/**
 * Passes events to their handlers once they are verified. A message that is not an event of the
 * service that it names is refused, counted and kept, and never handled. An event that fails is set
 * aside with its cause, and {@link FailedEventRetry} retries it, so that events of other keys never
 * wait for it. Later events of its key are set aside as well, which preserves their order. While
 * the database is unavailable nothing is set aside: the event is retried without limit. Each
 * message moves the position of its partition, also one that has no effect here, so that no gate
 * waits for it.
 */
final class EventConsumer implements MessageListener<byte[], byte[]> {

  private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);

  private final EventHandlers handlers;
  private final Inbox inbox;
  private final DeadLetters deadLetters;
  private final EventVerifier verifier;
  private final AppliedPositions positions;
  private final MeterRegistry meters;
  private final Traces traces;
  private final RefusalLog refusals = new RefusalLog(log);

  EventConsumer(
      EventHandlers handlers,
      Inbox inbox,
      DeadLetters deadLetters,
      EventVerifier verifier,
      AppliedPositions positions,
      MeterRegistry meters,
      Traces traces) {
    this.handlers = handlers;
    this.inbox = inbox;
    this.deadLetters = deadLetters;
    this.verifier = verifier;
    this.positions = positions;
    this.meters = meters;
    this.traces = traces;
  }

  /**
   * Registers the counters at zero, since an alert on their increase would miss a first event that
   * creates one.
   *
   * @return the topics to consume
   */
  Set<String> start() {
    for (Authenticity each : Authenticity.values()) {
      if (each != Authenticity.AUTHENTIC) {
        refusedCounter(each);
      }
    }
    forgottenCounter();
    handlers.types().forEach(this::deadLetterCounter);
    return handlers.topics();
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    handle(message);
    positions.pass(message.topic(), message.partition(), message.offset());
  }

  private void handle(ConsumerRecord<byte[], byte[]> message) {
    if (!handlers.handles(Envelope.typeOf(message))) {
      return;
    }
    Authenticity authenticity =
        verifier.verify(message.topic(), message.headers(), message.value());
    if (authenticity != Authenticity.AUTHENTIC) {
      refuse(message, authenticity);
      return;
    }
    ReceivedMessage event = ReceivedMessage.of(message);
    EventMetadata metadata = event.metadata();
    traces.run(
        "event " + metadata.type(),
        Span.Kind.CONSUMER,
        event.headers().get(Envelope.TRACEPARENT),
        () -> consume(event, metadata));
  }

  /** Refuses a message. Nothing of it is logged, since anybody may have written it. */
  private void refuse(ConsumerRecord<byte[], byte[]> message, Authenticity authenticity) {
    refusals.logRefusal(
        message.topic(),
        () ->
            "The message on topic %s, partition %d, offset %d is refused and not applied: %s"
                .formatted(
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    authenticity.explanation()));
    // A message without a valid envelope belongs to no workspace. The ledger keeps its bytes.
    if (authenticity != Authenticity.MALFORMED) {
      deadLetters.addRefused(ReceivedMessage.of(message), authenticity);
    }
    refusedCounter(authenticity).increment();
  }

  private void consume(ReceivedMessage event, EventMetadata metadata) {
    if (deadLetters.isKeyBlocked(metadata)) {
      setAside(event, metadata, "An earlier event of the same key was not applied");
    } else {
      apply(event, metadata);
    }
  }

  private void apply(ReceivedMessage event, EventMetadata metadata) {
    Timer.Sample sample = Timer.start(meters);
    try {
      inbox.apply(
          metadata,
          event.value(),
          () -> positions.apply(event.topic(), event.partition(), event.offset()));
    } catch (Inbox.EventForgotten e) {
      refuseForgotten(event, metadata, e);
      return;
    } catch (RuntimeException e) {
      if (FailedEventRetry.isDatabaseUnavailable(e) || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      log.warn(
          "Event {} with id {} about {} of workspace {} could not be applied. It is retried in the"
              + " background, and later events about the same subject wait behind it.",
          metadata.type(),
          metadata.id(),
          metadata.subject(),
          metadata.workspace(),
          e);
      setAside(event, metadata, rootCause(e));
      return;
    }
    sample.stop(Metrics.EVENTS_CONSUMED.timer(meters, "type", metadata.type()));
  }

  /** Refuses an event that may have been applied before, so that a person decides about it. */
  private void refuseForgotten(
      ReceivedMessage event, EventMetadata metadata, Inbox.EventForgotten why) {
    log.warn(
        "Event {} with id {} about {} of workspace {} is kept as a dead letter: {}",
        metadata.type(),
        metadata.id(),
        metadata.subject(),
        metadata.workspace(),
        why.getMessage());
    Caller.system(metadata.workspace())
        .run(() -> deadLetters.addForgotten(event, String.valueOf(why.getMessage())));
    forgottenCounter().increment();
  }

  private Counter forgottenCounter() {
    return Metrics.EVENTS_REFUSED.counter(meters, "reason", "forgotten");
  }

  private void setAside(ReceivedMessage event, EventMetadata metadata, String cause) {
    Caller.system(metadata.workspace())
        .run(() -> {
          if (deadLetters.add(event, cause)) {
            deadLetterCounter(metadata.type()).increment();
          }
        });
  }

  private Counter refusedCounter(Authenticity authenticity) {
    return Metrics.EVENTS_REFUSED.counter(meters, "reason", authenticity.tag());
  }

  private Counter deadLetterCounter(String type) {
    return Metrics.EVENTS_DEAD_LETTERS.counter(meters, "type", type);
  }

  /** Returns the root cause of a failure in one line. */
  static String rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
