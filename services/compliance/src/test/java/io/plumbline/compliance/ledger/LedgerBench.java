package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.sequencer.Intake;
import io.plumbline.compliance.ledger.sequencer.Sequencing;
import io.plumbline.compliance.ledger.tree.Frontier;
import io.plumbline.compliance.ledger.tree.TreeHasher;
import io.plumbline.compliance.ledger.verification.LedgerVerification;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import io.plumbline.contracts.Digest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;

/**
 * How fast the ledger takes entries and how fast it is verified, beside the obvious alternatives on
 * the same PostgreSQL, which here really writes to disk before it acknowledges. Run by hand: {@code
 * LedgerBench [seconds per run] [rounds] [entries to verify]}.
 */
public final class LedgerBench {

  private static final int WRITERS = 32;
  private static final String VALUE =
      "{\"prompt\":\"support-triage\",\"version\":7,\"text\":\"" + "x".repeat(400) + "\"}";

  private interface Append {
    void one(Connection connection, int number) throws SQLException;
  }

  private final String url;
  private final int seconds;
  private final AtomicLong ids = new AtomicLong();
  private final Sequencing sequencing =
      new Sequencing(LedgerKey.generate(), 2_000, Duration.ofSeconds(3));

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
      Flyway.configure()
          .dataSource(server.getPostgresDatabase())
          .locations("classpath:db/platform", "classpath:db/migration")
          .placeholders(Map.of("runtimeRole", "bench_app"))
          .load()
          .migrate();
      LedgerBench bench = new LedgerBench(server.getJdbcUrl("postgres", "postgres"), seconds);
      bench.prepare();
      bench.appends(rounds);
      bench.verification(entries);
    }
  }

  private void prepare() throws SQLException {
    run(
        "CREATE TABLE bench_plain (LIKE ledger_pending INCLUDING ALL)",
        "CREATE TABLE bench_chain (idx bigint PRIMARY KEY, event_id text NOT NULL UNIQUE, hash"
            + " bytea NOT NULL, headers bytea NOT NULL, value bytea NOT NULL)",
        "CREATE TABLE bench_chain_head (one boolean PRIMARY KEY, idx bigint NOT NULL, hash bytea"
            + " NOT NULL)",
        "INSERT INTO bench_chain_head VALUES (true, -1, '')");
    try (Connection connection = DriverManager.getConnection(url)) {
      LedgerKey key = LedgerKey.generate();
      new SignedHeads(connection).register(key);
    }
  }

  private void appends(int rounds) throws Exception {
    List<Double> plain = new ArrayList<>();
    List<Double> ledger = new ArrayList<>();
    List<Double> chain = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      plain.add(measure(this::plain, false));
      ledger.add(measure(this::ledger, true));
      chain.add(measure(this::chain, false));
      System.out.printf(
          "round %d: plain insert %,.0f/s, ledger %,.0f/s, row-locked chain %,.0f/s%n",
          round + 1, plain.getLast(), ledger.getLast(), chain.getLast());
    }
    System.out.printf(
        "%d writers, one entry per commit, medians of %d: plain insert %,.0f/s, ledger %,.0f/s"
            + " (%.0f%% of plain), row-locked chain %,.0f/s (ledger is %.1f×)%n",
        WRITERS,
        rounds,
        median(plain),
        median(ledger),
        100 * median(ledger) / median(plain),
        median(chain),
        median(ledger) / median(chain));
  }

  /**
   * Entries per second; with the ledger the sequencer has appended and signed all of them before
   * the clock stops.
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
      Future<?> sequencer = sequence ? threads.submit(() -> sequence(running)) : null;
      Thread.sleep(Duration.ofSeconds(seconds));
      running.set(false);
      for (Future<?> writer : writers) {
        writer.get();
      }
      if (sequencer != null) {
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

  private Void sequence(AtomicBoolean running) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      boolean more = true;
      while (running.get() || more) {
        Sequencing.Batch batch = sequencing.next(connection, Clock.systemUTC().instant());
        connection.commit();
        more = !batch.appended().isEmpty();
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
      insert.setString(9, message.position());
      insert.executeUpdate();
    }
  }

  private void ledger(Connection connection, int number) throws SQLException {
    new Intake(connection).record(List.of(message(number)));
  }

  /**
   * The alternative that the field uses: the head of the chain is a row that every writer locks
   * until its commit is on disk.
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

  private static LedgerMessage message(int number) {
    return LedgerFixture.message(
        new UUID(0x0190_a000_0000_7000L, number).toString(), "support-triage", VALUE);
  }

  private void verification(int entries) throws Exception {
    fill(entries);
    List<Double> reading = new ArrayList<>();
    List<Double> verifying = new ArrayList<>();
    long count = 0;
    for (int round = 0; round < 3; round++) {
      reading.add(timed(this::read));
      long started = System.nanoTime();
      count = verify();
      verifying.add((System.nanoTime() - started) / 1e9);
    }
    System.out.printf(
        "%,d entries: reading the rows %.2f s, verifying %.2f s (%.2f×), %,.0f entries/s%n",
        count,
        median(reading),
        median(verifying),
        median(verifying) / median(reading),
        count / median(verifying));
    hashing();
  }

  private void fill(int entries) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < entries; i += 500) {
        List<LedgerMessage> batch = new ArrayList<>();
        for (int j = 0; j < 500; j++) {
          batch.add(message((int) ids.incrementAndGet()));
        }
        new Intake(connection).record(batch);
        connection.commit();
        sequencing.next(connection, Clock.systemUTC().instant());
        connection.commit();
      }
    }
  }

  private long read() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      long bytes = 0;
      try (PreparedStatement select =
          connection.prepareStatement(StoredEntry.SELECT + "ORDER BY idx")) {
        select.setFetchSize(1_000);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            bytes += row.getBytes(9).length + row.getBytes(10).length;
          }
        }
      }
      return bytes;
    }
  }

  private long verify() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      VerificationReport report = new LedgerVerification(connection, Map.of(), null).run();
      if (report.findings().stream().anyMatch(finding -> !finding.what().contains("not trusted"))) {
        throw new IllegalStateException(report.findings().toString());
      }
      return report.entries();
    }
  }

  /** The hashing of the verifier beside SHA-256 over the same bytes. */
  private static void hashing() {
    LedgerMessage message = message(1);
    byte[] headers = message.content().headers();
    byte[] bytes = Arrays.copyOf(headers, headers.length + VALUE.length() + Long.BYTES);
    int count = 300_000;
    double raw = 0;
    double tree = 0;
    for (int round = 0; round < 4; round++) {
      long started = System.nanoTime();
      MessageDigest sha256 = Digest.sha256();
      for (int i = 0; i < count; i++) {
        sha256.digest(bytes);
      }
      raw = (System.nanoTime() - started) / 1e9;
      started = System.nanoTime();
      TreeHasher hasher = new TreeHasher();
      Frontier frontier = new Frontier();
      for (int i = 0; i < count; i++) {
        frontier.append(hasher.leaf(EntryContent.leafInput(i, message.content().digest(sha256))));
      }
      tree = (System.nanoTime() - started) / 1e9;
    }
    System.out.printf(
        "hashing %,d entries of %d bytes: raw SHA-256 %.3f s, content, leaf and tree %.3f s (%.0f%%"
            + " of raw)%n",
        count, bytes.length, raw, tree, 100 * raw / tree);
  }

  private interface Timed {
    long run() throws SQLException;
  }

  private static double timed(Timed work) throws SQLException {
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) / 1e9;
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
