package io.plumbline.platform.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.RefusalLog;
import io.plumbline.platform.signature.Authenticity;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.listener.MessageListener;
import tools.jackson.core.JacksonException;

/**
 * Receives every signed head, starting with the last ones before the start. Heads from before the
 * start show how large the ledger was, but only those that arrive after the start show that it is
 * alive.
 */
final class HeadListener implements MessageListener<byte[], byte[]>, ConsumerSeekAware {

  static final String TOPIC = EventTypes.topicOf("compliance");

  private static final Logger log = LoggerFactory.getLogger(HeadListener.class);
  private static final String TYPE = EventTypes.typeOf(HeadSigned.class);
  private static final long MESSAGES_BEFORE_START = 1_000;

  private final EventVerifier verifier;
  private final ReceivedHeads heads;
  private final Consumer<HeadSigned> onContinuedHead;
  private final MeterRegistry meters;
  private final EventReader reader;
  private final RefusalLog refusals = new RefusalLog(log);

  /** The offset of each partition at which the messages since the start begin. */
  private final Map<TopicPartition, Long> starts = new ConcurrentHashMap<>();

  /** The partitions whose messages before the start are still being received. */
  private final Map<TopicPartition, Long> behind = new HashMap<>();

  /**
   * @param onContinuedHead receives each head that continues the former ones and arrived after the
   *     start
   */
  HeadListener(
      EventVerifier verifier,
      ReceivedHeads heads,
      Consumer<HeadSigned> onContinuedHead,
      MeterRegistry meters,
      EventReader reader) {
    this.verifier = verifier;
    this.heads = heads;
    this.onContinuedHead = onContinuedHead;
    this.meters = meters;
    this.reader = reader;
    for (ReceivedHeads.Reception reception : ReceivedHeads.Reception.values()) {
      if (reception.isRejected()) {
        countRejected(reception, 0);
      }
    }
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    assignments.forEach((partition, end) -> {
      if (end > 0 && starts.putIfAbsent(partition, end) == null) {
        behind.put(partition, end);
        callback.seek(
            partition.topic(), partition.partition(), Math.max(0, end - MESSAGES_BEFORE_START));
      }
    });
    reportCaughtUp();
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    TopicPartition partition = new TopicPartition(message.topic(), message.partition());
    long start = starts.getOrDefault(partition, 0L);
    if (message.offset() >= start) {
      readHead(message).filter(head -> isAuthentic(message)).ifPresent(this::receive);
    } else {
      // Only larger heads are verified: verifying two signatures of each of up to a thousand heads
      // would delay every start.
      readHead(message)
          .filter(heads::isLarger)
          .filter(head -> isAuthentic(message))
          .ifPresent(heads::addEarlierHead);
    }
    if (message.offset() >= start - 1 && behind.remove(partition) != null) {
      reportCaughtUp();
    }
  }

  /**
   * Returns whether a head is authentic as an event. Its own signature is not enough: anybody could
   * replay a head whose signature is valid.
   */
  private boolean isAuthentic(ConsumerRecord<byte[], byte[]> message) {
    Authenticity authenticity =
        verifier.verify(message.topic(), message.headers(), message.value());
    if (authenticity != Authenticity.AUTHENTIC) {
      reportIgnored(message, authenticity.explanation());
    }
    return authenticity == Authenticity.AUTHENTIC;
  }

  private void reportCaughtUp() {
    if (behind.isEmpty()) {
      heads.recordCaughtUp();
    }
  }

  private Optional<HeadSigned> readHead(ConsumerRecord<byte[], byte[]> message) {
    Header type = message.headers().lastHeader("ce_type");
    if (type == null || !TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(message.value(), HeadSigned.class));
    } catch (JacksonException e) {
      reportIgnored(message, "Its JSON cannot be read");
      return Optional.empty();
    }
  }

  private void reportIgnored(ConsumerRecord<byte[], byte[]> message, String reason) {
    refusals.logRefusal(
        message.topic(),
        () ->
            "The ledger head on topic %s at offset %d is ignored: %s"
                .formatted(message.topic(), message.offset(), reason));
    countRejected(ReceivedHeads.Reception.UNSIGNED, 1);
  }

  private void receive(HeadSigned head) {
    ReceivedHeads.Reception reception = heads.receive(head);
    switch (reception) {
      case CONTINUES -> onContinuedHead.accept(head);
      case REPEATED ->
          log.debug(
              "The ledger head over {} entries was received again and changes nothing",
              head.treeSize());
      case UNSIGNED -> {
        log.error(
            "The ledger head over {} entries is ignored: no trusted key verifies its signature,"
                + " which names the key {}. Somebody else may write to the topic {}, or the key is"
                + " missing from plumbline.ledger.public-keys",
            head.treeSize(),
            head.keyId(),
            TOPIC);
        countRejected(reception, 1);
      }
      case UNPROVED -> countRejected(reception, 1);
      case SMALLER, DIFFERENT, FORKED -> {
        log.error(
            "The ledger contradicts itself: {}. Governed writes stop until it again contains what"
                + " it signed; run verify-ledger",
            heads.contradiction().orElse(""));
        countRejected(reception, 1);
      }
    }
  }

  /**
   * Counts rejected heads. A count of 0 only registers the series, since a series that begins with
   * its first event raises no alert.
   */
  private void countRejected(ReceivedHeads.Reception reception, int count) {
    Metrics.LEDGER_HEADS_REJECTED
        .counter(meters, "reason", reception.name().toLowerCase(Locale.ROOT))
        .increment(count);
  }
}
