package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Receives every message of every topic, as bytes. Offsets are committed after the messages are, so
 * a crash in between only delivers them again; what cannot be recorded is retried without limit,
 * and nothing behind it is consumed meanwhile.
 */
final class LedgerSubscription implements SmartLifecycle, BatchMessageListener<byte[], byte[]> {

  static final String GROUP = "compliance-ledger";

  private static final Set<String> NOT_RECORDED =
      Set.of(
          EventTypes.typeOf(ComplianceEvent.HeadSigned.class),
          EventTypes.typeOf(ComplianceEvent.ReceiptIssued.class),
          EventTypes.typeOf(InferenceEvent.ArmReported.class));

  private final JdbcTemplate sql;
  private final TransactionTemplate transactions;
  private final LedgerState state;
  private final LedgerSignals signals;
  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

  LedgerSubscription(
      JdbcTemplate sql,
      TransactionTemplate transactions,
      LedgerState state,
      LedgerSignals signals,
      KafkaConnectionDetails kafka) {
    this.sql = sql;
    this.transactions = transactions;
    this.state = state;
    this.signals = signals;
    this.container = container(kafka);
  }

  private ConcurrentMessageListenerContainer<byte[], byte[]> container(
      KafkaConnectionDetails kafka) {
    ContainerProperties properties = new ContainerProperties(topics());
    properties.setGroupId(GROUP);
    properties.setClientId(GROUP);
    properties.setMissingTopicsFatal(false);
    properties.setAckMode(ContainerProperties.AckMode.BATCH);
    properties.setMessageListener(this);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.getBootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            500,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
            10_000);
    ConcurrentMessageListenerContainer<byte[], byte[]> created =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            properties);
    ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
    backOff.setMaxInterval(10_000);
    DefaultErrorHandler neverSkip = new DefaultErrorHandler(backOff);
    // By default the handler gives up on some exceptions at once; here it retries all of them.
    neverSkip.setClassifications(Map.of(), true);
    created.setCommonErrorHandler(neverSkip);
    created.setBeanName(GROUP);
    return created;
  }

  static String[] topics() {
    return EventTypes.SOURCES.stream()
        .map(source ->
            EventTypes.topicOf(Objects.requireNonNull(source.getAnnotation(Source.class)).value()))
        .toArray(String[]::new);
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> messages) {
    List<LedgerMessage> entries =
        messages.stream()
            .filter(message -> !NOT_RECORDED.contains(type(message)))
            .map(LedgerSubscription::read)
            .toList();
    if (entries.isEmpty()) {
      return;
    }
    try {
      transactions.executeWithoutResult(status ->
          sql.execute(
              (ConnectionCallback<Integer>) connection -> new Intake(connection).record(entries)));
      state.intakeSucceeded();
      signals.messagesArrived().signal();
    } catch (RuntimeException e) {
      state.intakeFailed(e);
      throw e;
    }
  }

  private static String type(ConsumerRecord<byte[], byte[]> message) {
    Header type = message.headers().lastHeader("ce_type");
    return type == null || type.value() == null
        ? ""
        : new String(type.value(), StandardCharsets.UTF_8);
  }

  private static LedgerMessage read(ConsumerRecord<byte[], byte[]> message) {
    List<EntryHeader> headers = new ArrayList<>();
    message.headers().forEach(header -> headers.add(new EntryHeader(header.key(), header.value())));
    return LedgerMessage.of(
        headers,
        message.value(),
        message.topic() + "/" + message.partition() + "@" + message.offset());
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }
}
