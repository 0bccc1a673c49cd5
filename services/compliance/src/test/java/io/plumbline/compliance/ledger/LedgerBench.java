package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.author.AuthorKeys;
import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.sequencer.BatchSequencer;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how fast the ledger appends entries and how fast it is verified, compared with the
 * obvious alternatives on the same PostgreSQL, which here really writes to disk before it
 * acknowledges.
 *
 * <p>A consumer takes polls of records that wait in Kafka, of the same size as the service's polls,
 * and commits each in one transaction while the sequencer works. {@link LedgerPathBench} then runs
 * the service's beans from Kafka to the receipt. To be run by hand: {@code LedgerBench [seconds per
 * run] [rounds] [entries to verify]}.
 */
public final class LedgerBench {

  private static final int WRITERS = 32;

  /** The maximum number of records in one poll of Kafka's consumer. */
  private static final int POLL = 500;

  /** The time for which the sequencer waits for more messages. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final String VALUE =
      "{\"prompt\":\"support-triage\",\"version\":7,\"text\":\"" + "x".repeat(400) + "\"}";

  /** A message that waits in Kafka, with the commit that its writer may wait for. */
  private record Waiting(int number, CompletableFuture<Boolean> committed) {}

  private interface Append {
    void one(Connection connection, int number) throws SQLException;
  }

  private final String url;
  private final int seconds;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong offsets = new AtomicLong();
  private final LedgerKey key = LedgerKey.generate();
  private final BatchSequencer batchSequencer =
      new BatchSequencer(key, null, 2_000, Duration.ofSeconds(3), System::nanoTime);
  private final BlockingQueue<Waiting> arrived = new LinkedBlockingQueue<>(4 * POLL);
  private Optional<SignedHead> signed = Optional.empty();

  private LedgerBench(String url, int seconds) {
    this.url = url;
    this.seconds = seconds;
  }

  public static void main(String... arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int entries = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200_000;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Files.createTempDirectory("plumbline-bench").toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_wal_size", "2GB")
            .start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE bench_app LOGIN");
      }
      String url = server.getJdbcUrl("postgres", "postgres");
      new Migration(url, "postgres", "", "bench_app").run();
      LedgerBench bench = new LedgerBench(url, seconds);
      bench.prepare();
      bench.appends(rounds);
      new VerificationBench(url, bench::fill).run(rounds, entries);
      try (LedgerPathBench path = new LedgerPathBench(server)) {
        path.run(seconds, rounds);
      }
    }
    System.exit(0);
  }

  private void prepare() throws SQLException {
    run(
        "CREATE TABLE bench_plain (LIKE ledger_message INCLUDING ALL)",
        "CREATE TABLE bench_chain (idx bigint PRIMARY KEY, event_id text NOT NULL UNIQUE, hash"
            + " bytea NOT NULL, headers bytea NOT NULL, value bytea NOT NULL)",
        "CREATE TABLE bench_chain_head (one boolean PRIMARY KEY, idx bigint NOT NULL, hash bytea"
            + " NOT NULL)",
        "INSERT INTO bench_chain_head VALUES (true, -1, '')");
    try (Connection connection = DriverManager.getConnection(url)) {
      new SignedHeads(connection).registerKey(key);
    }
  }

  private void appends(int rounds) throws Exception {
    List<Double> plain = new ArrayList<>();
    List<Double> ledger = new ArrayList<>();
    List<Double> awaited = new ArrayList<>();
    List<Double> chain = new ArrayList<>();
    // Round 0 is a warm-up.
    for (int round = 0; round <= rounds; round++) {
      double before = measure(this::plain, false);
      double appended = measure(this::ledger, true);
      double waited = measure(this::awaited, true);
      double chained = measure(this::chain, false);
      if (round > 0) {
        plain.add(before);
        ledger.add(appended);
        awaited.add(waited);
        chain.add(chained);
        System.out.printf(
            "round %d: plain insert %,.0f/s, ledger %,.0f/s, awaited by its writers %,.0f/s,"
                + " row-locked chain %,.0f/s%n",
            round, before, appended, waited, chained);
      }
    }
    System.out.printf(
        "storage alone, medians of %d: plain insert by %d writers, one a commit, %,.0f/s; ledger by"
            + " polls of up to %d %,.0f/s (%.0f%% of plain); by what %d writers wait for %,.0f/s"
            + " (%.0f%%); row-locked chain %,.0f/s (ledger is %.1f×)%n",
        rounds,
        WRITERS,
        median(plain),
        POLL,
        median(ledger),
        100 * median(ledger) / median(plain),
        WRITERS,
        median(awaited),
        100 * median(awaited) / median(plain),
        median(chain),
        median(ledger) / median(chain));
  }

  /**
   * Returns the entries per second. With the ledger, the clock stops after the sequencer has
   * appended and signed all of them.
   */
  private double measure(Append append, boolean sequence) throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicLong done = new AtomicLong();
    long started = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> write(append, running, done)));
      }
      AtomicBoolean writing = new AtomicBoolean(true);
      Future<?> consumer = sequence ? threads.submit(() -> consume(writing)) : null;
      Future<?> sequencer = sequence ? threads.submit(() -> sequence(writing)) : null;
      Thread.sleep(Duration.ofSeconds(seconds));
      running.set(false);
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      if (consumer != null && sequencer != null) {
        consumer.get();
        sequencer.get();
      }
    }
    return done.get() / ((System.nanoTime() - started) / 1e9);
  }

  private Void write(Append append, AtomicBoolean running, AtomicLong done) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      while (running.get()) {
        append.one(connection, (int) ids.incrementAndGet());
        connection.commit();
        done.incrementAndGet();
      }
    }
    return null;
  }

  private Void sequence(AtomicBoolean running) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      boolean more = true;
      while (running.get() || more) {
        BatchSequencer.Batch batch = sequence(connection);
        more = !batch.appended().isEmpty();
        Thread.sleep(GATHER);
      }
    }
    return null;
  }

  private BatchSequencer.Batch sequence(Connection connection) throws SQLException {
    BatchSequencer.Batch batch =
        batchSequencer.appendNext(connection, Clock.systemUTC().instant(), signed);
    connection.commit();
    if (batch.signed()) {
      signed = Optional.ofNullable(batch.head());
    }
    return batch;
  }

  /** Records waiting messages together in one transaction, like the consumer of Kafka. */
  private Void consume(AtomicBoolean writing) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      List<Waiting> batch = new ArrayList<>();
      while (writing.get() || !arrived.isEmpty()) {
        Waiting first = arrived.poll(10, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        arrived.drainTo(batch, POLL - 1);
        LedgerFixture.recorder(connection)
            .record(batch.stream().map(waiting -> received(waiting.number)).toList(), List.of());
        connection.commit();
        batch.forEach(waiting -> waiting.committed.complete(true));
        batch.clear();
      }
    }
    return null;
  }

  private void plain(Connection connection, int number) throws SQLException {
    LedgerMessage message = message(number);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO bench_plain (source, event_id, type, subject, workspace, content_digest,"
                + " headers, value, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, message.identity().source());
      insert.setString(2, message.identity().eventId());
      insert.setString(3, message.identity().type());
      insert.setString(4, message.identity().subject());
      insert.setObject(5, message.identity().workspace());
      insert.setBytes(6, message.content().digest());
      insert.setBytes(7, message.content().headers());
      insert.setBytes(8, message.content().value());
      insert.setLong(9, message.position().offset());
      insert.executeUpdate();
    }
  }

  /**
   * Queues a message, as Kafka holds it until the ledger receives it. The commit of its writer
   * happens elsewhere.
   */
  private void ledger(Connection connection, int number) throws SQLException {
    try {
      arrived.put(new Waiting(number, new CompletableFuture<>()));
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
  }

  private void awaited(Connection connection, int number) {
    Waiting waiting = new Waiting(number, new CompletableFuture<>());
    arrived.add(waiting);
    waiting.committed.join();
  }

  /**
   * Appends to a hash chain, the usual alternative: the head of the chain is a row that every
   * writer locks until its commit is on disk.
   */
  private void chain(Connection connection, int number) throws SQLException {
    LedgerMessage message = message(number);
    try (Statement statement = connection.createStatement();
        ResultSet head =
            statement.executeQuery("SELECT idx, hash FROM bench_chain_head FOR UPDATE")) {
      head.next();
      long index = head.getLong(1) + 1;
      MessageDigest sha256 = Digest.sha256();
      sha256.update(head.getBytes(2));
      byte[] hash = sha256.digest(message.content().digest());
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bench_chain VALUES (?, ?, ?, ?, ?)")) {
        insert.setLong(1, index);
        insert.setString(2, message.identity().eventId());
        insert.setBytes(3, hash);
        insert.setBytes(4, message.content().headers());
        insert.setBytes(5, message.content().value());
        insert.executeUpdate();
      }
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE bench_chain_head SET idx = ?, hash = ?")) {
        update.setLong(1, index);
        update.setBytes(2, hash);
        update.executeUpdate();
      }
    }
  }

  /** Returns the next message of the topic, whose offsets have no gap. */
  private LedgerMessage received(int number) {
    return message(number, offsets.getAndIncrement());
  }

  private static LedgerMessage message(int number) {
    return message(number, number);
  }

  /**
   * Returns a message with a signature of the right length. It is never verified, because only
   * storage is measured with it.
   */
  static LedgerMessage message(int number, long offset) {
    return LedgerMessage.ofEvent(
        List.of(
            LedgerFixture.header("ce_id", new UUID(0x0190_a000_0000_7000L, number).toString()),
            LedgerFixture.header("ce_source", "/prompt-registry"),
            LedgerFixture.header("ce_type", "io.plumbline.prompt.version-published.v1"),
            LedgerFixture.header("ce_subject", "support-triage"),
            LedgerFixture.header("ce_time", "2026-11-26T18:00:00Z"),
            LedgerFixture.header("ce_workspace", "0190a000-0000-7000-8000-000000000001"),
            LedgerFixture.header("ce_actor", "ada"),
            LedgerFixture.header("ce_aggregateversion", "7"),
            LedgerFixture.header("ce_keyid", "dabda4f99b1ad345"),
            LedgerFixture.header("ce_signature", "x".repeat(88))),
        VALUE.getBytes(StandardCharsets.UTF_8),
        new KafkaPosition("plumbline.prompt-registry", 0, offset));
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Records and appends entries, with a head for each poll. */
  void fill(int entries, boolean authentic) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      new AuthorKeys(connection).register(LedgerFixture.authors());
      for (int i = 0; i < entries; i += POLL) {
        List<LedgerMessage> batch = new ArrayList<>();
        for (int j = 0; j < POLL; j++) {
          int number = (int) ids.incrementAndGet();
          batch.add(authentic ? signed(number, offsets.getAndIncrement()) : received(number));
        }
        LedgerFixture.recorder(connection).record(batch, List.of());
        connection.commit();
        sequence(connection);
      }
    }
  }

  private static LedgerMessage signed(int number, long offset) {
    byte[] value = VALUE.getBytes(StandardCharsets.UTF_8);
    return LedgerMessage.ofEvent(
        LedgerFixture.signed("bench-" + number, "support-triage", value),
        value,
        new KafkaPosition("plumbline.prompt-registry", 0, offset));
  }

  static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
