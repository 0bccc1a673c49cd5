package io.plumbline.platform.gate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker for the ends of topics. It connects at the first question, so that a service
 * without gates opens no connection. Messages of the relay need no commit, so the end is the high
 * watermark, up to which consumers read.
 */
final class BrokerTopicEnds implements TopicEnds, AutoCloseable {

  private final Supplier<Admin> connect;
  private final Duration deadline;
  private @Nullable Admin admin;

  /**
   * @param deadline the time that the broker has for each of two answers
   */
  BrokerTopicEnds(Supplier<Admin> connect, Duration deadline) {
    this.connect = connect;
    this.deadline = deadline;
  }

  @Override
  public Map<TopicPartition, Long> read(Set<String> topics) {
    try {
      return askEnds(partitionsOf(topics));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new Unknown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unknown(e);
    }
  }

  private Map<TopicPartition, OffsetSpec> partitionsOf(Set<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> described =
        client()
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(millis()))
            .topicNameValues();
    for (KafkaFuture<TopicDescription> each : described.values()) {
      try {
        TopicDescription topic = await(each);
        topic
            .partitions()
            .forEach(partition ->
                partitions.put(
                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return partitions;
  }

  private Map<TopicPartition, Long> askEnds(Map<TopicPartition, OffsetSpec> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, ListOffsetsResultInfo> found =
        await(client().listOffsets(partitions, new ListOffsetsOptions().timeoutMs(millis())).all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    found.forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private <T> T await(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private int millis() {
    return Math.toIntExact(deadline.toMillis());
  }

  private synchronized Admin client() {
    if (admin == null) {
      admin = connect.get();
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
  }
}
