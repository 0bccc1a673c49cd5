package io.plumbline.compliance.ledger.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.SequencerSettings;
import io.plumbline.compliance.ledger.SignerSettings;
import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.contracts.ComplianceEvent.LedgerKeyReplaced;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.ledger.HeadSignature;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Tests the loop around the batches: what it waits for, what it publishes, and when it stops. */
@Tag("servers")
class SequencerTests {

  private static final Clock CLOCK = Clock.fixed(LedgerFixture.BEGINNING, ZoneOffset.UTC);

  private final LedgerFixture ledger = new LedgerFixture("sequencer");
  private final LedgerState state = new LedgerState(CLOCK, System::nanoTime);
  private final LedgerSignals signals = new LedgerSignals();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<BatchSequencer.Batch> published = new ArrayList<>();
  private Consumer<BatchSequencer.Batch> publication = published::add;
  private Optional<SignedHead> fromKafka = Optional.empty();
  private final List<LedgerKeyReplaced> replaced = new ArrayList<>();
  private SequencerSettings.@Nullable KeyReplacement replaceKey;
  private @Nullable String configuredOrigin;
  private boolean caughtUp = true;

  @TempDir Path directory;

  @Test
  void what_waits_is_appended_signed_and_published() throws Exception {
    ledger.record(LedgerFixture.message(1), LedgerFixture.message(2));

    sequencer(false).appendBatch();

    assertThat(published)
        .singleElement()
        .satisfies(batch -> assertThat(batch.appended()).hasSize(2))
        .satisfies(batch -> assertThat(batch.announcement()).isNotNull());
    assertThat(state.size()).isEqualTo(2);
    assertThat(meters.get("plumbline.ledger.appended").counter().count()).isEqualTo(2);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void what_cannot_be_published_is_not_appended_either() throws Exception {
    ledger.record(LedgerFixture.message(1));
    Sequencer sequencer = sequencer(false);
    publication =
        batch -> {
          throw new IllegalStateException("disk full");
        };
    assertThatThrownBy(sequencer::appendBatch).hasMessage("disk full");
    sequencer.recordFailure(new IllegalStateException("disk full"));
    assertThat(ledger.strings("SELECT idx FROM ledger_entry")).isEmpty();
    assertThat(Files.exists(headFile())).isFalse();
    assertThat(state.failure()).isPresent();

    publication = published::add;
    sequencer.appendBatch();

    assertThat(ledger.strings("SELECT idx FROM ledger_entry")).containsExactly("0");
    assertThat(state.failure()).isEmpty();
  }

  @Test
  void nothing_is_signed_before_it_is_known_what_was_signed() throws Exception {
    ledger.record(LedgerFixture.message(1));
    caughtUp = false;
    Sequencer sequencer = sequencer(false);
    sequencer.appendBatch();
    assertThat(published).isEmpty();

    caughtUp = true;
    sequencer.appendBatch();

    assertThat(published).hasSize(1);
  }

  @Test
  void the_signed_head_is_kept_outside_the_database() throws Exception {
    ledger.record(LedgerFixture.message(1));

    sequencer(false).appendBatch();

    assertThat(new HeadFile(headFile()).read().map(SignedHead::treeSize)).contains(1L);
  }

  @Test
  void a_log_rolled_back_while_it_runs_halts_it_until_the_log_is_whole_again() throws Exception {
    Sequencer sequencer = sequencer(false);
    ledger.record(LedgerFixture.message(1));
    sequencer.appendBatch();
    setAside();

    assertThatThrownBy(sequencer::appendBatch).isInstanceOf(LedgerContradiction.class);
    sequencer.recordFailure(new IllegalStateException("halted"));
    assertThatThrownBy(sequencer::appendBatch).isInstanceOf(LedgerContradiction.class);
    assertThat(published).hasSize(1);
    assertThat(ledger.strings("SELECT tree_size FROM ledger_fresh_head")).isEmpty();

    putBack();
    ledger.record(LedgerFixture.message(2));
    sequencer.appendBatch();
    assertThat(state.size()).isEqualTo(2);
    assertThat(ledger.verify().exitCode()).isZero();
  }

  @Test
  void a_log_rolled_back_while_it_was_stopped_is_known_by_its_file() throws Exception {
    ledger.record(LedgerFixture.message(1));
    sequencer(false).appendBatch();
    setAside();

    assertThatThrownBy(() -> sequencer(false).appendBatch())
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageStartingWith("The ledger has 0 entries, but a head over 1 was signed");
  }

  @Test
  void a_log_rolled_back_with_its_file_is_known_by_what_was_published() {
    fromKafka =
        Optional.of(
            LedgerKey.generate()
                .sign(
                    HeadSignature.FIRST_ORIGIN, 7, Digest.ofText("root"), LedgerFixture.BEGINNING));

    assertThatThrownBy(() -> sequencer(false).appendBatch())
        .isInstanceOf(LedgerContradiction.class)
        .hasMessageStartingWith("The ledger has 0 entries, but a head over 7 was signed");
  }

  @Test
  void a_loss_that_is_on_record_can_be_accepted() throws Exception {
    ledger.record(LedgerFixture.message(1));
    sequencer(false).appendBatch();
    setAside();
    fromKafka =
        Optional.of(
            LedgerKey.generate()
                .sign(
                    HeadSignature.FIRST_ORIGIN, 7, Digest.ofText("root"), LedgerFixture.BEGINNING));

    sequencer(true).appendBatch();

    assertThat(new HeadFile(headFile()).read().map(SignedHead::treeSize)).contains(1L);
  }

  @Test
  void a_file_that_holds_no_head_is_an_error_and_not_a_fresh_start() throws Exception {
    Files.writeString(headFile(), "{");

    assertThatThrownBy(() -> sequencer(false))
        .hasMessageContaining("does not hold the head that was signed last");
  }

  @Test
  void a_head_carries_the_proof_from_the_one_before() throws Exception {
    Sequencer sequencer = sequencer(false);
    ledger.record(LedgerFixture.message(1), LedgerFixture.message(2));
    sequencer.appendBatch();
    HeadSigned first = announced();
    ledger.record(LedgerFixture.message(3));
    Thread.sleep(Duration.ofMillis(1_100));
    sequencer.appendBatch();

    HeadSigned second = announced();
    assertThat(first.proof()).isNull();
    assertThat(second.proof())
        .isNotNull()
        .satisfies(proof -> assertThat(proof.from()).isEqualTo(2))
        .satisfies(proof ->
            assertThat(
                    ProofCheck.verifyConsistency(
                        2,
                        3,
                        first.root().bytes(),
                        second.root().bytes(),
                        proof.path().stream().map(Digest::bytes).toList()))
                .isTrue());
  }

  @Test
  void each_ledger_has_an_origin_of_its_own_and_keeps_it() throws Exception {
    sequencer(false).appendBatch();
    String origin = announced().origin();
    ledger.record(LedgerFixture.message(1));
    sequencer(false).appendBatch();

    assertThat(origin).matches("plumbline/ledger/[0-9a-f]{16}");
    assertThat(announced().origin()).isEqualTo(origin);
    assertThat(ledger.verify().exitCode()).isZero();

    configuredOrigin = "another";
    assertThatThrownBy(() -> sequencer(false).appendBatch())
        .hasMessageStartingWith("The ledger has the origin " + origin);
  }

  @Test
  void a_ledger_of_an_earlier_version_keeps_the_first_origin() throws Exception {
    configuredOrigin = HeadSignature.FIRST_ORIGIN;
    sequencer(false).appendBatch();
    configuredOrigin = null;
    ledger.record(LedgerFixture.message(1));

    sequencer(false).appendBatch();

    assertThat(announced().origin()).isEqualTo(HeadSignature.FIRST_ORIGIN);
  }

  @Test
  void a_key_that_is_replaced_names_its_successor_and_the_ledger_records_it() throws Exception {
    sequencer(false).appendBatch();
    HeadSigned before = announced();
    Path pinned = Files.copy(directory.resolve(LedgerKey.PUBLIC_FILE), directory.resolve("pinned"));
    replaceKey = new SequencerSettings.KeyReplacement(before.keyId(), null);
    ledger.record(LedgerFixture.message(1));

    sequencer(false).appendBatch();
    HeadSigned after = announced();
    ledger.record(LedgerFixture.message(2));
    sequencer(false).appendBatch();

    assertThat(after.keyId()).isNotEqualTo(before.keyId()).isEqualTo(announced().keyId());
    assertThat(replaced)
        .singleElement()
        .satisfies(event -> assertThat(event.formerKeyId()).isEqualTo(before.keyId()))
        .satisfies(event -> assertThat(event.signature()).isNotNull())
        .satisfies(event ->
            assertThat(after.successions())
                .containsExactly(
                    new KeySuccession(
                        before.keyId(),
                        event.publicKey(),
                        Objects.requireNonNull(event.signature()))));
    assertThat(ledger.verify("--key", pinned.toString()))
        .satisfies(verified -> assertThat(verified.exitCode()).isZero())
        .satisfies(verified ->
            assertThat(verified.output())
                .contains(
                    "REPLACED  key "
                        + before.keyId()
                        + " by key "
                        + after.keyId()
                        + ", by its signature"));
  }

  @Test
  void a_process_that_has_the_replaced_key_signs_nothing() throws Exception {
    Sequencer other = sequencer(false);
    other.appendBatch();
    HeadSigned before = announced();
    replaceKey = new SequencerSettings.KeyReplacement(before.keyId(), null);
    ledger.record(LedgerFixture.message(1));
    sequencer(false).appendBatch();
    ledger.record(LedgerFixture.message(2));

    assertThatThrownBy(other::appendBatch).hasMessageContaining("does not replace");

    other.recordFailure(new IllegalStateException("replaced"));
    other.appendBatch();
    assertThat(announced().keyId()).isNotEqualTo(before.keyId());
  }

  @Test
  void a_lost_key_is_replaced_by_a_statement_about_that_key_alone() throws Exception {
    sequencer(false).appendBatch();
    HeadSigned before = announced();
    Path pinned = Files.copy(directory.resolve(LedgerKey.PUBLIC_FILE), directory.resolve("pinned"));
    LedgerKey.remove(directory);

    assertThatThrownBy(() -> sequencer(false).appendBatch())
        .hasMessageContaining("plumbline.ledger.replace-key.id=" + before.keyId());
    replaceKey = new SequencerSettings.KeyReplacement("another", "Ada, 1 December");
    assertThatThrownBy(() -> sequencer(false).appendBatch()).hasMessageContaining("restore");
    replaceKey = new SequencerSettings.KeyReplacement(before.keyId(), " ");
    assertThatThrownBy(() -> sequencer(false).appendBatch()).hasMessageContaining("is lost");

    replaceKey = new SequencerSettings.KeyReplacement(before.keyId(), "Ada, 1 December");
    ledger.record(LedgerFixture.message(1));
    sequencer(false).appendBatch();

    assertThat(announced().successions()).isNull();
    assertThat(replaced)
        .singleElement()
        .satisfies(event -> assertThat(event.signature()).isNull())
        .satisfies(event -> assertThat(event.statement()).isEqualTo("Ada, 1 December"));
    assertThat(ledger.verify())
        .satisfies(verified -> assertThat(verified.exitCode()).isZero())
        .satisfies(verified ->
            assertThat(verified.output()).contains("without its signature: Ada, 1 December"));
    assertThat(ledger.verify("--key", pinned.toString()))
        .satisfies(verified -> assertThat(verified.exitCode()).isEqualTo(1))
        .satisfies(verified -> assertThat(verified.output()).contains("which is not trusted"));
  }

  private HeadSigned announced() {
    return Objects.requireNonNull(published.getLast().announcement());
  }

  private void setAside() {
    ledger.tamper(
        "DROP TABLE IF EXISTS aside_entry, aside_head, aside_fresh",
        "CREATE TABLE aside_entry AS TABLE ledger_entry",
        "CREATE TABLE aside_head AS TABLE ledger_head",
        "CREATE TABLE aside_fresh AS TABLE ledger_fresh_head",
        "TRUNCATE ledger_entry, ledger_head, ledger_fresh_head");
  }

  private void putBack() {
    ledger.tamper(
        "INSERT INTO ledger_entry TABLE aside_entry",
        "INSERT INTO ledger_head TABLE aside_head",
        "INSERT INTO ledger_fresh_head TABLE aside_fresh");
  }

  private Path headFile() {
    return directory.resolve(HeadFile.NAME);
  }

  private Sequencer sequencer(boolean acceptSmaller) {
    DataSource database = ledger.dataSource();
    LedgerTransactions transactions =
        new LedgerTransactions(new JdbcTemplate(database), new JdbcTransactionManager(database));
    SequencerSettings settings =
        new SequencerSettings(
            Duration.ofSeconds(3),
            100,
            directory,
            null,
            acceptSmaller,
            configuredOrigin,
            replaceKey,
            Set.of());
    LedgerKeys keys =
        new LedgerKeys(
            settings,
            new SignerSettings(null, null, Duration.ofSeconds(5)),
            HttpClient.newHttpClient(),
            transactions,
            replaced::add);
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
        signals,
        new LargestKnownHead(
            new HeadFile(settings.largestHeadFile()),
            () -> fromKafka,
            () -> caughtUp,
            settings.acceptSmallerLog()),
        meters);
  }
}
