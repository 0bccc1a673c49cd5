package io.plumbline.compliance.ledger.sequencer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.compliance.ledger.entry.SkippedMessage;
import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.RefusalLog;
import io.plumbline.platform.signature.Authenticity;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Records every message of every topic, as bytes, and the positions of those that do not become
 * entries. Each message is verified first. One that is not the event of the service that it names
 * has arrived nevertheless, so it is recorded as refused and counted. Offsets are committed after
 * the messages, so a crash in between merely delivers them again. A batch that cannot be recorded
 * is retried without limit, and nothing behind it is consumed meanwhile.
 */
final class LedgerListener implements BatchMessageListener<byte[], byte[]> {

  private static final Logger log = LoggerFactory.getLogger(LedgerListener.class);

  private static final Set<String> NOT_RECORDED =
      Stream.of(
              ComplianceEvent.HeadSigned.class,
              ComplianceEvent.ReceiptIssued.class,
              InferenceEvent.ArmReported.class)
          .flatMap(event -> EventTypes.typesOf(event).stream())
          .collect(Collectors.toUnmodifiableSet());

  /** A message with the result of its verification. */
  private record Received(ConsumerRecord<byte[], byte[]> message, Authenticity authenticity) {}

  private final EventVerifier verifier;
  private final LedgerTransactions transactions;
  private final Clock clock;
  private final LedgerState state;
  private final LedgerSignals signals;
  private final MeterRegistry meters;
  private final RefusalLog refusalLog = new RefusalLog(log);

  LedgerListener(
      EventVerifier verifier,
      LedgerTransactions transactions,
      Clock clock,
      LedgerState state,
      LedgerSignals signals,
      MeterRegistry meters) {
    this.verifier = verifier;
    this.transactions = transactions;
    this.clock = clock;
    this.state = state;
    this.signals = signals;
    this.meters = meters;
    // Counters start at zero, because an alert on their increase misses a series that begins with
    // 1.
    for (Authenticity each : Authenticity.values()) {
      if (each != Authenticity.AUTHENTIC) {
        refusalCounter(each.tag());
      }
    }
    refusalCounter(Refusal.REPEATED_ID);
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> messages) {
    Instant now = clock.instant();
    List<LedgerMessage> entries = new ArrayList<>();
    List<SkippedMessage> skipped = new ArrayList<>();
    for (Received received : verifyAll(messages)) {
      ConsumerRecord<byte[], byte[]> message = received.message;
      if (received.authenticity != Authenticity.AUTHENTIC) {
        entries.add(toRefused(message, Refusal.of(received.authenticity, now)));
      } else if (NOT_RECORDED.contains(eventType(message))) {
        skipped.add(new SkippedMessage(positionOf(message), SkippedMessage.NOT_RECORDED));
      } else {
        entries.add(toEvent(message));
      }
    }
    List<LedgerMessage> recorded;
    try {
      recorded = inTransaction(now, recorder -> recorder.record(entries, skipped));
      state.recordIntakeSuccess();
    } catch (TopicRecreated e) {
      log.warn(
          "{}. The partition gets a new number in the ledger, and the batch of {} messages is"
              + " received again",
          e.getMessage(),
          messages.size());
      inTransaction(
          now,
          recorder -> {
            recorder.renumberPartition(e.position());
            return List.of();
          });
      throw e;
    } catch (RuntimeException e) {
      state.recordIntakeFailure(e);
      throw e;
    }
    countRefused(recorded);
    if (!entries.isEmpty()) {
      signals.messagesArrived().signal();
    }
  }

  /** Verifies messages in several threads, because signatures take most of the time here. */
  private List<Received> verifyAll(List<ConsumerRecord<byte[], byte[]>> messages) {
    return messages.parallelStream()
        .map(message ->
            new Received(
                message, verifier.verify(message.topic(), message.headers(), message.value())))
        .toList();
  }

  private void countRefused(List<LedgerMessage> recorded) {
    for (LedgerMessage message : recorded) {
      message
          .refusal()
          .ifPresent(refusal -> {
            refusalLog.logRefusal(
                message.position().topic(),
                () ->
                    "The message at %s is recorded as refused: %s"
                        .formatted(message.position(), refusal.explanation()));
            refusalCounter(refusal.reason()).increment();
          });
    }
  }

  private Counter refusalCounter(String reason) {
    return Metrics.LEDGER_REFUSED.counter(meters, "reason", reason);
  }

  private interface Work {
    List<LedgerMessage> on(MessageRecorder recorder) throws SQLException;
  }

  private List<LedgerMessage> inTransaction(Instant now, Work work) {
    return transactions.run(connection -> work.on(new MessageRecorder(connection, now)));
  }

  private static String eventType(ConsumerRecord<byte[], byte[]> message) {
    Header type = message.headers().lastHeader("ce_type");
    if (type == null || type.value() == null) {
      return "";
    }
    return new String(type.value(), StandardCharsets.UTF_8);
  }

  /**
   * Returns the event with the headers that its signature covers. Other headers are left out,
   * because anybody on the way could have added them.
   */
  private static LedgerMessage toEvent(ConsumerRecord<byte[], byte[]> message) {
    return LedgerMessage.ofEvent(
        headers(message).stream()
            .filter(header -> EventVerifier.isSignedHeader(header.name()))
            .toList(),
        message.value(),
        positionOf(message));
  }

  private static LedgerMessage toRefused(ConsumerRecord<byte[], byte[]> message, Refusal refusal) {
    return LedgerMessage.ofRefused(headers(message), message.value(), positionOf(message), refusal);
  }

  private static List<EntryHeader> headers(ConsumerRecord<byte[], byte[]> message) {
    List<EntryHeader> headers = new ArrayList<>();
    message.headers().forEach(header -> headers.add(new EntryHeader(header.key(), header.value())));
    return headers;
  }

  private static KafkaPosition positionOf(ConsumerRecord<byte[], byte[]> message) {
    return new KafkaPosition(message.topic(), message.partition(), message.offset());
  }
}
