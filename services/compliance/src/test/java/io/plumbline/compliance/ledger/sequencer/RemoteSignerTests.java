package io.plumbline.compliance.ledger.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.SequencerSettings;
import io.plumbline.compliance.ledger.SignerSettings;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.witness.SignerServer;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.test.call.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Tests the ledger with its signer in a process of its own, over HTTP and on a real database. */
@Tag("servers")
class RemoteSignerTests {

  private static final Clock CLOCK = Clock.fixed(LedgerFixture.BEGINNING, ZoneOffset.UTC);
  private static final String SECRET = "shown by compliance alone";

  private final LedgerFixture ledger = new LedgerFixture("remote-signer");
  private final LedgerState state = new LedgerState(CLOCK, System::nanoTime);
  private final List<SignedHead> heads = new ArrayList<>();
  private Consumer<BatchSequencer.Batch> publication = this::publish;

  @TempDir Path folder;
  private SignerServer signer;
  private @Nullable Path tls;
  private @Nullable SslBundle trusted;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(signerFolder());
    Files.writeString(signerFolder().resolve("secret"), SECRET + "\n");
    signer = openSigner(0);
  }

  @AfterEach
  void stop() throws IOException {
    signer.close();
  }

  @Test
  void heads_are_signed_by_the_signer_which_holds_the_key_alone() throws Exception {
    Sequencer sequencer = sequencer();
    ledger.record(prompt(1), prompt(2));
    sequencer.appendBatch();
    ledger.record(prompt(3));
    sequencer.appendBatch();

    String key = LedgerKey.load(signerFolder()).id();
    assertThat(heads).extracting(SignedHead::treeSize).containsExactly(2L, 3L);
    assertThat(heads).extracting(SignedHead::keyId).containsOnly(key);
    assertThat(LedgerKey.existsIn(complianceFolder())).isFalse();
    assertThat(ledger.verify().exitCode()).isZero();
  }

  /** A batch that was composed anew would not continue the head that was signed. */
  @Test
  void a_batch_that_was_rolled_back_after_it_was_signed_is_appended_as_it_was_signed()
      throws Exception {
    Sequencer sequencer = sequencer();
    ledger.record(prompt(1), verdict(1));
    publication =
        batch -> {
          throw new IllegalStateException("the process ends");
        };
    assertThatThrownBy(sequencer::appendBatch).hasMessage("the process ends");
    sequencer.recordFailure(new IllegalStateException("the process ends"));
    assertThat(ledger.strings("SELECT idx FROM ledger_entry")).isEmpty();
    ledger.record(prompt(2));

    publication = this::publish;
    sequencer().appendBatch();
    sequencer().appendBatch();

    assertThat(heads).extracting(SignedHead::treeSize).containsExactly(2L, 3L);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_ledger_that_was_rewritten_or_made_smaller_is_not_signed() throws Exception {
    ledger.record(prompt(1), prompt(2), prompt(3));
    sequencer().appendBatch();
    ledger.empty();
    Files.delete(complianceFolder().resolve(HeadFile.NAME));
    ledger.record(prompt(11), prompt(12), prompt(13), prompt(14));

    assertThatThrownBy(() -> sequencer().appendBatch())
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageContaining("its signer has signed a head over 3");
    assertThat(ledger.strings("SELECT tree_size FROM ledger_fresh_head")).isEmpty();
  }

  /** Asks the signer as somebody who has the secret of compliance. */
  @Test
  void the_signer_signs_no_head_without_a_proof_no_smaller_one_and_none_of_another_ledger()
      throws Exception {
    ledger.record(prompt(1), prompt(2), prompt(3));
    sequencer().appendBatch();
    String origin = heads.getFirst().origin();

    assertThatThrownBy(() -> sign(origin, 4)).hasMessageContaining("HTTP status 422");
    assertThatThrownBy(() -> sign(origin, 3)).hasMessageContaining("HTTP status 422");
    assertThatThrownBy(() -> sign(origin, 2)).hasMessageContaining("HTTP status 409");
    assertThatThrownBy(() -> sign("another", 4)).hasMessageContaining("HTTP status 403");
    signer.close();
    signer = openSigner(0);
    assertThatThrownBy(() -> sign(origin, 4)).hasMessageContaining("HTTP status 422");
  }

  @Test
  void who_does_not_know_the_secret_gets_no_signature() {
    SignerSettings other = new SignerSettings(url(), "guessed", Duration.ofSeconds(30));

    assertThatThrownBy(() -> RemoteSigner.open(other, HttpClient.newHttpClient()))
        .hasMessageContaining("HTTP status 401");
  }

  @Test
  void while_the_signer_is_stopped_heads_wait_and_the_failure_says_why() throws Exception {
    Sequencer sequencer = sequencer();
    ledger.record(prompt(1));
    sequencer.appendBatch();
    int port = signer.port();
    signer.close();
    ledger.record(prompt(2));

    assertThatThrownBy(sequencer::appendBatch)
        .satisfies(sequencer::recordFailure)
        .hasMessageContaining("The signer of the ledger does not answer");
    assertThat(state.failure().orElseThrow().cause())
        .contains("The signer of the ledger does not answer");
    assertThat(ledger.strings("SELECT idx FROM ledger_entry")).containsExactly("0");

    signer = openSigner(port);
    sequencer.appendBatch();
    assertThat(state.failure()).isEmpty();
    assertThat(heads).extracting(SignedHead::treeSize).containsExactly(1L, 2L);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void heads_are_signed_over_tls_and_a_renewed_certificate_is_used_without_a_restart()
      throws Exception {
    TestCertificates certificates = TestCertificates.create(folder.resolve("authority"));
    Path mounted = certificates.mount(folder.resolve("tls"), "localhost");
    signer.close();
    tls = mounted;
    trusted = bundle(mounted);
    signer = openSigner(0);
    ledger.record(prompt(1));
    sequencer().appendBatch();
    X509Certificate first = certificates.shownAt("localhost", signer.port());

    certificates.mount(mounted, "localhost");
    ledger.record(prompt(2));
    sequencer().appendBatch();

    assertThat(certificates.shownAt("localhost", signer.port()))
        .isNotEqualTo(first)
        .isEqualTo(TestCertificates.read(mounted));
    assertThat(heads).extracting(SignedHead::treeSize).containsExactly(1L, 2L);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_signer_with_a_certificate_of_another_authority_or_of_another_host_is_not_asked()
      throws Exception {
    TestCertificates ours = TestCertificates.create(folder.resolve("ours"));
    TestCertificates others = TestCertificates.create(folder.resolve("others"));
    SslBundle trustedAuthority = bundle(ours.mount(folder.resolve("trusted"), "localhost"));
    signer.close();

    for (Path shown :
        List.of(
            others.mount(folder.resolve("foreign"), "localhost"),
            ours.mount(folder.resolve("misnamed"), "ledger-signer"))) {
      tls = shown;
      signer = openSigner(0);
      try (HttpClient http = LedgerConfiguration.signerClient(settings(), trustedAuthority)) {
        assertThatThrownBy(() -> RemoteSigner.open(settings(), http))
            .as("%s", shown)
            .hasMessageContaining("The signer of the ledger does not answer")
            .hasCauseInstanceOf(SSLHandshakeException.class);
      }
      signer.close();
    }
  }

  /** Returns what the property {@code plumbline.services.ssl-bundle} names in production. */
  private static SslBundle bundle(Path folder) {
    return SslBundle.of(
        new PemSslStoreBundle(
            null, PemSslStoreDetails.forCertificate(folder.resolve("ca.crt").toUri().toString())));
  }

  private void publish(BatchSequencer.Batch batch) {
    heads.add(Objects.requireNonNull(batch.head()));
  }

  private void sign(String origin, long size) {
    RemoteSigner.open(settings(), HttpClient.newHttpClient())
        .sign(
            origin,
            size,
            Digest.ofText("made up"),
            LedgerFixture.BEGINNING,
            from -> List.of(Digest.ofText("no proof")),
            List.of());
  }

  private Path signerFolder() {
    return folder.resolve("signer");
  }

  private Path complianceFolder() {
    return folder.resolve("compliance");
  }

  private SignerServer openSigner(int port) throws IOException {
    return SignerServer.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        signerFolder(),
        tls,
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  private URI url() {
    return URI.create((tls == null ? "http://127.0.0.1:" : "https://localhost:") + signer.port());
  }

  private SignerSettings settings() {
    return new SignerSettings(url(), SECRET, Duration.ofSeconds(30));
  }

  private static LedgerMessage prompt(int number) {
    return LedgerFixture.message(number);
  }

  /** Returns a message of another topic. */
  private static LedgerMessage verdict(int number) {
    return LedgerFixture.message(
        new UUID(2, number).toString(),
        "io.plumbline.verdict.issued.v1",
        "mails",
        JsonMapper.shared().writeValueAsString(Map.of("number", number)));
  }

  /** Returns a sequencer as a new process has it. */
  private Sequencer sequencer() {
    DataSource database = ledger.dataSource();
    LedgerTransactions transactions =
        new LedgerTransactions(new JdbcTemplate(database), new JdbcTransactionManager(database));
    SequencerSettings settings =
        new SequencerSettings(
            Duration.ofSeconds(3),
            100,
            complianceFolder(),
            null,
            false,
            HeadSignature.FIRST_ORIGIN,
            null,
            Set.of());
    LedgerKeys keys =
        new LedgerKeys(
            settings,
            settings(),
            LedgerConfiguration.signerClient(settings(), trusted),
            transactions,
            replaced -> {});
    return new Sequencer(
        () ->
            new BatchSequencer(
                keys.open(),
                settings.origin(),
                settings.batchSize(),
                settings.headInterval(),
                System::nanoTime),
        transactions,
        batch -> publication.accept(batch),
        CLOCK,
        state,
        new LedgerSignals(),
        new LargestKnownHead(
            new HeadFile(settings.largestHeadFile()), Optional::empty, () -> true, false),
        new SimpleMeterRegistry());
  }
}
