package io.plumbline.e2e;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads everything that was ever published, as the administrator of the broker. */
final class BrokerReader {

  private static final Duration POLL = Duration.ofSeconds(2);

  private BrokerReader() {}

  /** Returns header names, headers, key and value of each message, as one text. */
  static List<String> everything() {
    List<String> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(Collection::stream)
              .filter(partition -> partition.topic().startsWith("plumbline."))
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream()
          .anyMatch(
              partition -> consumer.position(partition) < requireNonNull(ends.get(partition)))) {
        consumer.poll(POLL).forEach(message -> messages.add(text(message)));
      }
    }
    return messages;
  }

  private static Map<String, Object> settings() {
    return Map.of(
        "bootstrap.servers",
        Platform.setting("compliance", "SPRING_KAFKA_BOOTSTRAP_SERVERS"),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"launcher\""
            + " password=\""
            + Platform.secret("broker/launcher")
            + "\";",
        "enable.auto.commit",
        "false");
  }

  private static String text(ConsumerRecord<byte[], byte[]> message) {
    StringBuilder text = new StringBuilder();
    message
        .headers()
        .forEach(header -> text.append(header.key()).append('=').append(utf8(header.value())));
    return text.append(utf8(message.key())).append(utf8(message.value())).toString();
  }

  private static String utf8(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
