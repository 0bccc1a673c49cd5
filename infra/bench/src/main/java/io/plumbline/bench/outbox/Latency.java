package io.plumbline.bench.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The time from the return of a commit until a consumer receives its event, at a steady pace. */
record Latency(OutboxEvents outbox, String servers) {

  private static final String ID = "ce_id";

  /** Returns the time of each event that arrived, in milliseconds. */
  List<Double> measure(int perSecond, int seconds) throws Exception {
    int events = perSecond * seconds;
    Map<String, Long> committed = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Map<String, Long>> received = thread.submit(() -> receive(consumer, events));
      long startedAt = System.nanoTime();
      for (int i = 0; i < events; i++) {
        LockSupport.parkNanos(startedAt + i * 1_000_000_000L / perSecond - System.nanoTime());
        String id = outbox.commit().toString();
        committed.put(id, System.nanoTime());
      }
      List<Double> millis = new ArrayList<>();
      received
          .get()
          .forEach((id, at) -> millis.add(Math.max(0, at - committed.getOrDefault(id, at)) / 1e6));
      return millis;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = List.of(new TopicPartition(OutboxEvents.topic(), 0));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static Map<String, Long> receive(KafkaConsumer<byte[], byte[]> consumer, int events) {
    Map<String, Long> received = new HashMap<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (received.size() < events && System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofMillis(100))) {
        received.put(
            new String(event.headers().lastHeader(ID).value(), StandardCharsets.UTF_8),
            System.nanoTime());
      }
    }
    return received;
  }
}
