package io.plumbline.bench.outbox;

import io.plumbline.bench.outbox.OutboxEvents.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's producer with its defaults and acks=all; like the relay it connects within the time
 * taken.
 */
record RawProducer(String servers, Sample sample) {

  /** Returns the events per second from the connection until Kafka has acknowledged all. */
  double measureSend(int count) throws ExecutionException, InterruptedException {
    long startedAt = System.nanoTime();
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ProducerConfig.ACKS_CONFIG, "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ProducerRecord<byte[], byte[]> event =
            new ProducerRecord<>(sample.topic(), sample.key(), sample.value());
        sample.headers().forEach((name, value) -> event.headers().add(name, value));
        sent.add(producer.send(event));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
      return count / ((System.nanoTime() - startedAt) / 1e9);
    }
  }
}
