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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records every message of every topic, as bytes. Offsets are committed after the messages are, so
 * a crash in between only delivers them again; what cannot be recorded is retried without limit,
 * and nothing behind it is consumed meanwhile.
 */
final class LedgerListener implements BatchMessageListener<byte[], byte[]> {

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

  LedgerListener(
      JdbcTemplate sql,
      TransactionTemplate transactions,
      LedgerState state,
      LedgerSignals signals) {
    this.sql = sql;
    this.transactions = transactions;
    this.state = state;
    this.signals = signals;
  }

  static Set<String> topics() {
    return EventTypes.SOURCES.stream()
        .map(source ->
            EventTypes.topicOf(Objects.requireNonNull(source.getAnnotation(Source.class)).value()))
        .collect(Collectors.toSet());
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> messages) {
    List<LedgerMessage> entries =
        messages.stream()
            .filter(message -> !NOT_RECORDED.contains(type(message)))
            .map(LedgerListener::read)
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
}
