package io.plumbline.platform.event.position;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rows that say up to which offset of each partition this service has applied events, set them
 * aside or passed them over. All replicas see them. The row is written in the transaction that
 * applies the event. Messages that have no effect here are passed over in memory and written a
 * moment later, many at once; what a killed process had not written, the next owner of the
 * partition finds by the offset that is committed in Kafka.
 */
public final class AppliedPositions {

  /**
   * The position of a partition that is not yet written.
   *
   * @param assigned whether the row may be lowered to it. A new owner starts at the offset that is
   *     committed, which is lower than the row when the broker has lost messages
   */
  private record Passed(long nextOffset, boolean assigned) {}

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Map<TopicPartition, Passed> unwritten = new HashMap<>();

  public AppliedPositions(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** Records in the caller's transaction that a message was applied or set aside. */
  public void apply(String topic, int partition, long offset) {
    sql.sql(
            """
            INSERT INTO applied_position (topic, "partition", next_offset) VALUES (?, ?, ?)
            ON CONFLICT (topic, "partition") DO UPDATE SET next_offset = excluded.next_offset
            WHERE applied_position.next_offset < excluded.next_offset
            """)
        .params(topic, partition, offset + 1)
        .update();
  }

  /** Notes that nothing remains to be done for a message. {@link #write} makes it visible. */
  public synchronized void pass(String topic, int partition, long offset) {
    unwritten.merge(
        new TopicPartition(topic, partition),
        new Passed(offset + 1, false),
        (former, now) -> new Passed(now.nextOffset(), former.assigned()));
  }

  /** Writes the positions that were passed since the last call. */
  public synchronized void write() {
    if (unwritten.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(status -> unwritten.forEach(this::write));
    unwritten.clear();
  }

  private void write(TopicPartition partition, Passed passed) {
    if (passed.assigned()) {
      sql.sql(
              """
              INSERT INTO applied_position (topic, "partition", next_offset) VALUES (?, ?, ?)
              ON CONFLICT (topic, "partition") DO UPDATE SET next_offset = excluded.next_offset
              """)
          .params(partition.topic(), partition.partition(), passed.nextOffset())
          .update();
    } else {
      apply(partition.topic(), partition.partition(), passed.nextOffset() - 1);
    }
  }

  /** Returns the next offset of each partition of the topics of which a message was applied. */
  public Map<TopicPartition, Long> read(Set<String> topics) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    transaction.executeWithoutResult(status ->
        sql.sql(
                """
                SELECT topic, "partition", next_offset FROM applied_position WHERE topic = ANY (?)
                """)
            .param(topics.toArray(String[]::new))
            .query(row -> {
              positions.put(
                  new TopicPartition(row.getString("topic"), row.getInt("partition")),
                  row.getLong("next_offset"));
            }));
    return positions;
  }

  /**
   * Returns a listener that notes where the consumer starts in the partitions that it is given.
   * Everything before that offset was dealt with, since offsets are committed afterwards.
   */
  public ConsumerAwareRebalanceListener rebalanceListener() {
    return new ConsumerAwareRebalanceListener() {
      @Override
      public void onPartitionsAssigned(
          Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(each -> assign(each, consumer.position(each)));
      }

      @Override
      public void onPartitionsRevokedAfterCommit(
          Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        revoke(partitions);
      }

      @Override
      public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        revoke(partitions);
      }
    };
  }

  /** Notes where this replica starts in a partition, even if the row is higher. */
  public synchronized void assign(TopicPartition partition, long nextOffset) {
    unwritten.put(partition, new Passed(nextOffset, true));
  }

  /** Forgets partitions of which another replica writes the rows from now on. */
  public synchronized void revoke(Collection<TopicPartition> partitions) {
    unwritten.keySet().removeAll(Set.copyOf(partitions));
  }
}
