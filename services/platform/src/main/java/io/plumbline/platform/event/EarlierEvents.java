package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.identity.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills the tables that a new version of the service has from the events that former versions
 * consumed without them. Each {@link Projection} is filled once, before the service answers a
 * request, since a gate would take a table without its past for the whole truth. Events that were
 * refused or set aside are left out.
 */
final class EarlierEvents implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EarlierEvents.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String service;
  private final EventHandlers handlers;
  private final EventVerifier verifier;
  private final EventReader reader;
  private final ConsumerFactory<byte[], byte[]> consumers;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private volatile boolean running;

  EarlierEvents(
      String service,
      EventHandlers handlers,
      EventVerifier verifier,
      EventReader reader,
      ConsumerFactory<byte[], byte[]> consumers,
      JdbcClient sql,
      TransactionTemplate transaction) {
    this.service = service;
    this.handlers = handlers;
    this.verifier = verifier;
    this.reader = reader;
    this.consumers = consumers;
    this.sql = sql;
    this.transaction = transaction;
  }

  /** Runs before the web server starts. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public void start() {
    running = true;
    List<Projection<?>> unfilled = unfilled();
    while (running && !unfilled.isEmpty()) {
      try {
        fill(unfilled);
        return;
      } catch (KafkaException | DataAccessException e) {
        log.warn(
            "The service starts once it has read the events from before its version, for {}. This"
                + " is tried again: {}",
            tables(unfilled),
            NestedExceptionUtils.getMostSpecificCause(e).toString());
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static String tables(List<Projection<?>> projections) {
    return projections.stream().map(Projection::table).distinct().collect(Collectors.joining(", "));
  }

  private List<Projection<?>> unfilled() {
    Set<String> filled = read("SELECT \"table\" || ' ' || event FROM filled_table");
    return handlers.projections().stream()
        .filter(each -> !filled.contains(each.table() + " " + EventTypes.nameOf(each.event())))
        .toList();
  }

  private void fill(List<Projection<?>> unfilled) {
    if (hasConsumed()) {
      Map<String, List<Projection<?>>> byType = new HashMap<>();
      for (Projection<?> each : unfilled) {
        EventTypes.typesOf(each.event())
            .forEach(type -> byType.computeIfAbsent(type, any -> new ArrayList<>()).add(each));
      }
      long stored = readConsumed(byType);
      log.info("Filled {} from {} earlier events.", tables(unfilled), stored);
    }
    transaction.executeWithoutResult(status ->
        unfilled.forEach(each ->
            sql.sql(
                    """
                    INSERT INTO filled_table ("table", event) VALUES (?, ?) ON CONFLICT DO NOTHING
                    """)
                .params(each.table(), EventTypes.nameOf(each.event()))
                .update()));
  }

  /**
   * Returns whether this service may have consumed events. The inbox forgets them after a month, so
   * an empty one says so of a new installation alone.
   */
  private boolean hasConsumed() {
    return !read("""
    (SELECT 'events' FROM inbox LIMIT 1)
    UNION ALL SELECT 'old' FROM inbox_beginning WHERE at < clock_timestamp() - interval '1 day'
    """)
        .isEmpty();
  }

  private Set<String> read(String query) {
    return Set.copyOf(
        Objects.requireNonNull(
            transaction.execute(status -> sql.sql(query).query(String.class).list())));
  }

  /** Stores the events of these types up to where the service has consumed its topics. */
  private long readConsumed(Map<String, List<Projection<?>>> byType) {
    Properties settings = new Properties();
    settings.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    try (Consumer<byte[], byte[]> consumer =
        consumers.createConsumer(service, service, "earlier-events", settings)) {
      Map<TopicPartition, Long> ends = consumed(consumer, byType);
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      Set<String> setAside =
          read("SELECT source || ' ' || event_id FROM dead_letter WHERE NOT refused");
      long stored = 0;
      while (running && isBehind(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(TIMEOUT)) {
          List<Projection<?>> projections =
              byType.getOrDefault(Envelope.typeOf(message), List.of());
          if (message.offset() < ends.getOrDefault(partitionOf(message), 0L)
              && !projections.isEmpty()
              && store(message, projections, setAside)) {
            stored++;
          }
        }
      }
      return stored;
    }
  }

  private static Map<TopicPartition, Long> consumed(
      Consumer<?, ?> consumer, Map<String, List<Projection<?>>> byType) {
    Set<TopicPartition> partitions =
        byType.values().stream()
            .flatMap(List::stream)
            .flatMap(each -> EventTypes.sourceOf(each.event()).stream())
            .distinct()
            .flatMap(source -> consumer.partitionsFor(EventTypes.topicOf(source), TIMEOUT).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    Map<TopicPartition, Long> ends = new HashMap<>();
    consumer
        .committed(partitions, TIMEOUT)
        .forEach((partition, committed) -> {
          if (committed != null) {
            ends.put(partition, committed.offset());
          }
        });
    return ends;
  }

  private static boolean isBehind(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), TIMEOUT) < end.getValue());
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> message) {
    return new TopicPartition(message.topic(), message.partition());
  }

  private boolean store(
      ConsumerRecord<byte[], byte[]> message,
      List<Projection<?>> projections,
      Set<String> setAside) {
    if (!verifier.isAuthentic(message)) {
      return false;
    }
    ReceivedMessage received = ReceivedMessage.of(message);
    EventMetadata metadata = received.metadata();
    UUID workspace = metadata.workspace();
    if (setAside.contains(metadata.source() + " " + metadata.id())) {
      return false;
    }
    Event event = reader.read(received.value(), projections.getFirst().event());
    Caller.system(workspace)
        .run(() ->
            transaction.executeWithoutResult(
                status -> projections.forEach(each -> handlers.store(each, event, metadata))));
    return true;
  }
}
