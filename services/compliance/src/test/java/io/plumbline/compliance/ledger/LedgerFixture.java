package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.author.AuthorKeys;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.compliance.ledger.entry.SkippedMessage;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.sequencer.BatchSequencer;
import io.plumbline.compliance.ledger.sequencer.MessageRecorder;
import io.plumbline.compliance.verification.VerifyLedger;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.signature.VerificationKeys;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.EventKeys;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A ledger in its own database, without the rest of the application. */
public final class LedgerFixture {

  /** The result of the verifier. */
  public record Verified(int exitCode, String output) {}

  public static final Instant BEGINNING = Instant.parse("2026-11-25T00:00:00Z");

  static final int BATCH_SIZE = 1_000;

  private static final String PUBLISHED = "io.plumbline.prompt.version-published.v1";

  private static final Map<String, Map<String, Long>> OFFSETS = new HashMap<>();

  private static final Duration HEAD_INTERVAL = Duration.ofSeconds(3);

  private final String service;
  private final String url;
  private LedgerKey key = LedgerKey.generate();
  private Instant now = BEGINNING;
  private BatchSequencer batchSequencer = sequencing();
  private Optional<SignedHead> remembered = Optional.empty();

  public LedgerFixture(String service) {
    this.service = service;
    this.url = EmbeddedServers.databaseUrl(service);
    clear();
  }

  private void clear() {
    asSuperuser(
        "SET session_replication_role = replica",
        "TRUNCATE ledger_partition, ledger_message, ledger_skip, ledger_entry, ledger_tile,"
            + " ledger_head, ledger_fresh_head, ledger_cosignature, ledger_key, ledger_author_key,"
            + " audit_entry, approval, policy, policy_version",
        "UPDATE audit_progress SET next_idx = 0",
        "ALTER TABLE ledger_head ENABLE TRIGGER append_only");
    OFFSETS.clear();
    rekey();
    inTransaction(connection -> {
      new AuthorKeys(connection).register(authors());
      return true;
    });
  }

  /** Returns the keys of the services whose signatures the ledger accepts. */
  public static VerificationKeys authors() {
    Map<String, Object> settings = EventKeys.settings("compliance");
    return VerificationKeys.of(
        "compliance",
        service -> List.of((String) settings.get(VerificationKeys.PROPERTY + service)));
  }

  /** Replaces the signing key, as somebody who rewrites everything would. */
  void rekey() {
    key = LedgerKey.generate();
    restart();
    inTransaction(connection -> {
      new SignedHeads(connection).registerKey(key);
      return true;
    });
  }

  /** Continues with the same key like a new process that has not read the tree yet. */
  public void restart() {
    batchSequencer = sequencing();
    remembered = Optional.empty();
  }

  private BatchSequencer sequencing() {
    return new BatchSequencer(
        key,
        HeadSignature.FIRST_ORIGIN,
        BATCH_SIZE,
        HEAD_INTERVAL,
        () -> Duration.between(BEGINNING, now).toNanos());
  }

  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = runtime()) {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a connection with the rights of the application. */
  Connection runtime() throws SQLException {
    return DriverManager.getConnection(url, service.replace('-', '_') + "_app", "app");
  }

  /** Returns the database with the rights of the application, without a pool. */
  public DataSource dataSource() {
    return new DriverManagerDataSource(url, service.replace('-', '_') + "_app", "app");
  }

  public void asSuperuser(String... statements) {
    EmbeddedServers.executeAsSuperuser(service, statements);
  }

  /** Runs statements like somebody with all rights who first disables the triggers. */
  public void tamper(String... statements) {
    List<String> all = new ArrayList<>(List.of("SET session_replication_role = replica"));
    all.addAll(List.of(statements));
    asSuperuser(all.toArray(String[]::new));
  }

  /** Removes everything that the ledger stores, except its keys. */
  public void empty() {
    tamper(
        "TRUNCATE ledger_message, ledger_partition, ledger_entry, ledger_tile, ledger_head,"
            + " ledger_fresh_head");
  }

  public int record(LedgerMessage... messages) {
    return inTransaction(
        connection -> recorder(connection).record(List.of(messages), List.of()).size());
  }

  static MessageRecorder recorder(Connection connection) {
    return new MessageRecorder(connection, BEGINNING);
  }

  void skip(KafkaPosition... positions) {
    inTransaction(connection ->
        recorder(connection)
            .record(
                List.of(),
                Stream.of(positions)
                    .map(kafkaPosition ->
                        new SkippedMessage(kafkaPosition, SkippedMessage.NOT_RECORDED))
                    .toList()));
  }

  public BatchSequencer.Batch sequence() {
    BatchSequencer.Batch batch = inTransaction(this::sequenceOn);
    if (batch.signed()) {
      remembered = Optional.ofNullable(batch.head());
    }
    return batch;
  }

  BatchSequencer.Batch sequenceAfter(Duration pause) {
    now = now.plus(pause).minusSeconds(1);
    return sequence();
  }

  /** Appends a batch like {@link #sequenceAfter}, with a clock that shows another time. */
  BatchSequencer.Batch sequenceAt(Instant shown, Duration pause) {
    now = now.plus(pause);
    return inTransaction(connection -> batchSequencer.appendNext(connection, shown, remembered));
  }

  BatchSequencer.Batch sequenceOn(Connection connection) throws SQLException {
    now = now.plusSeconds(1);
    return batchSequencer.appendNext(connection, now, remembered);
  }

  /** Remembers a head from outside the database. */
  void remember(SignedHead head) {
    remembered = Optional.of(head);
  }

  public void fill(int batches, int size) {
    fill(batches, size, 0);
  }

  /**
   * Records and appends {@code batches} batches of {@code size} messages each, numbered from {@code
   * first} on.
   */
  public void fill(int batches, int size, int first) {
    for (int batch = 0; batch < batches; batch++) {
      LedgerMessage[] messages = new LedgerMessage[size];
      for (int i = 0; i < size; i++) {
        messages[i] = message(first + batch * size + i);
      }
      record(messages);
      sequence();
    }
  }

  public static LedgerMessage message(int number) {
    return message(
        new UUID(1, number).toString(), "prompt-" + number, "{\"number\":" + number + "}");
  }

  static LedgerMessage message(String id, String subject, String value) {
    return message(id, PUBLISHED, subject, value);
  }

  /** Returns an {@code approval.decided} with this value. */
  public static LedgerMessage decision(String id, String value) {
    return message(id, "io.plumbline.approval.decided.v1", id, value);
  }

  /** Returns an event of any type, signed by its owner. */
  public static LedgerMessage message(String id, String type, String subject, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return LedgerMessage.ofEvent(
        signed(id, type, subject, bytes), bytes, position(owner(type), id + subject + value));
  }

  /** Returns an event that its owner would have signed but that somebody else sent. */
  public static LedgerMessage forged(String id, String type, String subject, String value) {
    return LedgerMessage.ofRefused(
        headers(envelope(id, type, subject)),
        value.getBytes(StandardCharsets.UTF_8),
        position(owner(type), "forged" + id + subject + value),
        new Refusal("unsigned", BEGINNING));
  }

  static List<EntryHeader> signed(String id, String subject, byte[] value) {
    return signed(id, PUBLISHED, subject, value);
  }

  private static List<EntryHeader> signed(String id, String type, String subject, byte[] value) {
    return headers(EventKeys.sign(owner(type), envelope(id, type, subject), value));
  }

  private static List<EntryHeader> headers(Map<String, String> envelope) {
    return envelope.entrySet().stream()
        .map(each -> header(each.getKey(), each.getValue()))
        .toList();
  }

  private static Map<String, String> envelope(String id, String type, String subject) {
    Map<String, String> envelope = new TreeMap<>();
    envelope.put("ce_id", UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString());
    envelope.put("ce_source", "/" + owner(type));
    envelope.put("ce_type", type);
    envelope.put("ce_subject", subject);
    envelope.put("ce_time", "1970-01-01T00:00:00Z");
    envelope.put("ce_workspace", "0190a000-0000-7000-8000-000000000001");
    envelope.put("ce_actor", "ada");
    envelope.put("ce_aggregateversion", "1");
    return envelope;
  }

  private static String owner(String type) {
    return EventTypes.classOf(type).flatMap(EventTypes::sourceOf).orElseThrow();
  }

  /**
   * Returns the position of a message. It is the same at each delivery, and positions have no gap.
   */
  private static KafkaPosition position(String owner, String message) {
    Map<String, Long> offsets = OFFSETS.computeIfAbsent(owner, any -> new HashMap<>());
    return new KafkaPosition(
        EventTypes.topicOf(owner),
        0,
        offsets.computeIfAbsent(message, any -> (long) offsets.size()));
  }

  static EntryHeader header(String name, String value) {
    return new EntryHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the environment variables for the verifier. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PLUMBLINE_LEDGER_URL", url);
    environment.put("PLUMBLINE_LEDGER_USER", service.replace('-', '_') + "_app");
    environment.put("PLUMBLINE_LEDGER_PASSWORD", "app");
    authors()
        .all()
        .forEach(each ->
            environment.put(
                "PLUMBLINE_EVENTS_KEYS_"
                    + each.service().replace('-', '_').toUpperCase(Locale.ROOT),
                Base64.getEncoder().encodeToString(each.key().getEncoded())));
    return environment;
  }

  public Verified verify(String... arguments) {
    return verifyWith(environment(), arguments);
  }

  /** Runs the verifier with other environment variables. */
  public static Verified verifyWith(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int code =
        new VerifyLedger(environment, new PrintStream(output, true, StandardCharsets.UTF_8))
            .run(arguments);
    return new Verified(code, output.toString(StandardCharsets.UTF_8));
  }

  public List<String> strings(String sql) {
    return inTransaction(connection -> {
      List<String> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    });
  }
}
