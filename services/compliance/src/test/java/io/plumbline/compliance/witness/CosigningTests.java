package io.plumbline.compliance.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.signature.Ed25519;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests that a witness outside cosigns the heads of a ledger on a real database. */
@Tag("servers")
class CosigningTests {

  private final LedgerFixture ledger = new LedgerFixture("cosigning");
  private final JdbcTemplate sql = new JdbcTemplate(ledger.dataSource());
  private final HttpClient http = HttpClient.newHttpClient();
  private final KeyPair own = keyPair();
  private final NoteKey key =
      new NoteKey("witness.example/w1", NoteKey.Type.WITNESS, own.getPublic());

  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path folder;
  private WitnessStore store;
  private WitnessServer witness;

  @BeforeEach
  void start() throws IOException {
    NoteKey log =
        new NoteKey(
            HeadSignature.FIRST_ORIGIN,
            NoteKey.Type.LOG,
            Ed25519.publicKey(ledger.strings("SELECT public_key FROM ledger_key").getFirst()));
    store = new WitnessStore(folder.resolve("store"));
    witness =
        new WitnessServer(
            new Witness(key, own.getPrivate(), List.of(log), store, Clock.systemUTC()), store, 0);
    Files.writeString(folder.resolve("witnesses"), key.text() + "\n");
  }

  @AfterEach
  void stop() throws IOException {
    witness.close();
    http.close();
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Cosigning cosigning() {
    return cosigning(List.of(client(witness.port(), key)));
  }

  private Cosigning cosigning(List<WitnessClient> clients) {
    return new Cosigning(clients, new Ledger(sql), sql, Duration.ofMinutes(5), nanos::get);
  }

  private WitnessClient client(int port, NoteKey of) {
    return new WitnessClient(
        URI.create("http://127.0.0.1:" + port + "/"), of, http, Duration.ofMinutes(2));
  }

  private LedgerFixture.Verified verify() {
    return ledger.verify("--witnesses", folder.resolve("witnesses").toString(), "--quorum", "1");
  }

  @Test
  void heads_are_cosigned_and_the_verifier_counts_them() throws Exception {
    ledger.fill(1, 10);
    assertThat(verify())
        .satisfies(without -> assertThat(without.exitCode()).isEqualTo(2))
        .satisfies(without -> assertThat(without.output()).contains("Cosigned by 0 of 1"));
    assertThat(ledger.verify().output()).contains("Cosigned by 0 of 1");

    cosigning().run();
    ledger.fill(1, 13, 10);
    cosigning().run();

    assertThat(verify())
        .satisfies(with -> assertThat(with.exitCode()).isZero())
        .satisfies(with -> assertThat(with.output()).contains("Cosigned by 1 of 1"))
        .satisfies(
            with -> assertThat(with.output()).contains("witness.example/w1, over 23 entries"));
  }

  @Test
  void a_ledger_that_forgot_what_was_cosigned_is_answered_with_the_size() throws Exception {
    ledger.fill(1, 10);
    cosigning().run();
    ledger.tamper("TRUNCATE ledger_cosignature");
    ledger.fill(1, 3, 10);

    cosigning().run();

    assertThat(verify().output()).contains("over 13 entries");
  }

  @Test
  void a_rewritten_ledger_is_not_cosigned() throws Exception {
    ledger.fill(1, 10);
    cosigning().run();
    ledger.empty();
    ledger.restart();
    ledger.fill(1, 11, 500);

    cosigning().run();

    assertThat(verify())
        .satisfies(seen -> assertThat(seen.exitCode()).isNotZero())
        .satisfies(seen -> assertThat(seen.output()).contains("Cosigned by 0 of 1"));
  }

  @Test
  void a_cosignature_that_was_made_up_is_not_counted() throws Exception {
    ledger.fill(1, 10);
    cosigning().run();
    ledger.tamper(
        "UPDATE ledger_cosignature SET line = replace(line, 'witness.example/w1 ',"
            + " 'witness.example/w1 A')");

    assertThat(verify().output()).contains("Cosigned by 0 of 1");
  }

  @Test
  void a_size_without_the_line_of_the_witness_silences_no_alarm() throws Exception {
    ledger.fill(1, 10);
    Cosigning cosigning = cosigning();
    ledger.asSuperuser(
        "INSERT INTO ledger_cosignature (witness, tree_size, line) VALUES ('"
            + key.text()
            + "', 1000, 'x')");
    nanos.addAndGet(Duration.ofHours(1).toNanos());

    cosigning.run();

    assertThat(cosigning.secondsSinceComplete()).isEqualTo(3600);
    ledger.tamper("TRUNCATE ledger_cosignature");
    cosigning.run();
    assertThat(cosigning.secondsSinceComplete()).isZero();
  }

  @Test
  void a_witness_that_does_not_answer_delays_no_other() throws Exception {
    ledger.fill(1, 10);
    try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      NoteKey other =
          new NoteKey("witness.example/w0", NoteKey.Type.WITNESS, keyPair().getPublic());
      Cosigning cosigning =
          cosigning(List.of(client(silent.getLocalPort(), other), client(witness.port(), key)));
      Thread running = Thread.ofVirtual().start(() -> run(cosigning));

      // It is cosigned while the first witness, which never answers, is still waited for.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> verify().output().contains("Cosigned by 1 of 1"));
      assertThat(running.isAlive()).isTrue();
      running.interrupt();
      running.join();
    }
  }

  private static void run(Cosigning cosigning) {
    try {
      cosigning.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_witness_that_is_away_stops_nothing() throws Exception {
    ledger.fill(1, 10);
    Cosigning cosigning = cosigning();
    witness.close();

    cosigning.run();

    assertThat(ledger.strings("SELECT witness FROM ledger_cosignature")).isEmpty();
    ledger.fill(1, 10, 10);
    assertThat(ledger.verify().exitCode()).isZero();
  }
}
