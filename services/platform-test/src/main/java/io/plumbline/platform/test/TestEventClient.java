package io.plumbline.platform.test;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.digest.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** Publishes events to the application under test, and reads those that it publishes. */
public final class TestEventClient implements AutoCloseable {

  private final JsonMapper json;
  private final KafkaProducer<byte[], byte[]> producer;

  TestEventClient(JsonMapper json) {
    this.json = json;
    this.producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, EmbeddedServers.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Publishes an event as if the owning service had published it in workspace ACME. */
  public UUID publish(Event event, String subject, long aggregateVersion) {
    return publish(event, subject, aggregateVersion, Workspaces.ACME, "someone");
  }

  public UUID publish(
      Event event, String subject, long aggregateVersion, UUID workspace, String actor) {
    UUID id = Ids.next();
    publish(id, event, subject, aggregateVersion, workspace, actor);
    return id;
  }

  /** Publishes an event with a given id. Tests of duplicates publish the same id twice. */
  public void publish(
      UUID id, Event event, String subject, long aggregateVersion, UUID workspace, String actor) {
    String source = EventTypes.sourceOf(event.getClass()).orElseThrow();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id.toString());
    headers.put("ce_source", "/" + source);
    headers.put("ce_type", EventTypes.typeOf(event.getClass()));
    headers.put("ce_subject", subject);
    headers.put("ce_time", Instant.now().toString());
    headers.put("ce_workspace", workspace.toString());
    headers.put("ce_actor", actor);
    headers.put("ce_aggregateversion", Long.toString(aggregateVersion));
    headers.put("content-type", "application/json");
    byte[] value = json.writeValueAsBytes(event);
    send(EventTypes.topicOf(source), subject, EventKeys.sign(source, headers, value), value);
  }

  /** Sends a raw, unsigned message, for tests of messages that none of our services would send. */
  public void send(String topic, String key, Map<String, String> headers, byte[] value) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    headers.forEach(
        (name, content) -> message.headers().add(name, content.getBytes(StandardCharsets.UTF_8)));
    try {
      producer.send(message).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns all events of a type published so far, the oldest first. */
  public <E extends Event> List<E> published(Class<E> type) {
    String topic = EventTypes.topicOf(EventTypes.sourceOf(type).orElseThrow());
    return read(topic).stream()
        .filter(message -> EventTypes.typeOf(type).equals(header(message, "ce_type")))
        .map(message -> json.readValue(message.value(), type))
        .toList();
  }

  /** Waits for an event that matches, at most 60 s. */
  public <E extends Event> E awaitPublished(Class<E> type, Predicate<E> matches) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> published(type).stream().filter(matches).toList(), found -> !found.isEmpty())
        .getLast();
  }

  public <E extends Event> E awaitPublished(Class<E> type) {
    return awaitPublished(type, event -> true);
  }

  /** Returns all messages of a topic so far. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, EmbeddedServers.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
      }
      return messages;
    }
  }

  public static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
