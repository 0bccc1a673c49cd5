package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.ReceivedPositions;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads from Kafka up to which offset the ledger has received each topic. An offset is committed in
 * Kafka after its row is committed here, so a row that is missing here was erased. Nothing else
 * reveals that rows were erased from the end.
 */
@Component
class ReceivedOffsets {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * The offsets that the ledger's consumer group has committed.
   *
   * @param partitions the partitions that Kafka has
   * @param next the offset behind the last received one, per partition
   */
  record Committed(Set<TopicPartition> partitions, Map<TopicPartition, Long> next) {

    /**
     * Returns a finding for each partition of which received rows are missing in the ledger, or of
     * which the ledger alone has rows.
     */
    List<Finding> compareWithLedger(Connection connection) throws SQLException {
      Map<TopicPartition, Long> stored = new HashMap<>();
      ReceivedPositions.lastPositions(connection)
          .forEach(last ->
              stored.put(new TopicPartition(last.topic(), last.partition()), last.offset() + 1));
      List<Finding> findings = new ArrayList<>();
      stored.keySet().stream()
          .filter(partition -> !partitions.contains(partition))
          .forEach(partition ->
              findings.add(
                  Finding.general(
                      "Kafka has no partition "
                          + partition.partition()
                          + " of "
                          + partition.topic()
                          + ", of which rows stand here: they were inserted, or the topic was"
                          + " deleted")));
      next.forEach((partition, offset) -> {
        long known = stored.getOrDefault(partition, 0L);
        if (known < offset) {
          findings.add(
              Finding.general(
                  "Offsets "
                      + known
                      + " to "
                      + (offset - 1)
                      + " of "
                      + partition.topic()
                      + ", partition "
                      + partition.partition()
                      + " were received according to Kafka, and neither are entries nor were"
                      + " skipped: their rows were erased"));
        }
      });
      return findings;
    }
  }

  private final ConsumerFactory<byte[], byte[]> consumers;

  ReceivedOffsets(ConsumerFactory<byte[], byte[]> consumers) {
    this.consumers = consumers;
  }

  Committed readCommitted() {
    try (Consumer<byte[], byte[]> consumer =
        consumers.createConsumer(ReceivedPositions.GROUP, "verification", null)) {
      Set<TopicPartition> partitions =
          ReceivedPositions.topics().stream()
              .flatMap(topic -> consumer.partitionsFor(topic, TIMEOUT).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .collect(Collectors.toSet());
      Map<TopicPartition, Long> next = new HashMap<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> each :
          consumer.committed(partitions, TIMEOUT).entrySet()) {
        if (each.getValue() != null) {
          next.put(each.getKey(), each.getValue().offset());
        }
      }
      return new Committed(partitions, next);
    } catch (KafkaException e) {
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "Kafka does not answer, so the offsets of received messages cannot be compared with"
                  + " the ledger; try again when Kafka answers.")
          .retryAfter(TIMEOUT);
    }
  }
}
