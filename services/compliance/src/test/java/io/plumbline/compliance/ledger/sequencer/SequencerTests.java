package io.plumbline.compliance.ledger.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.SequencerSettings;
import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
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
  private boolean caughtUp = true;

  @TempDir Path directory;

  @Test
  void what_waits_is_appended_signed_and_published() throws Exception {
    ledger.record(LedgerFixture.message(1), LedgerFixture.message(2));

    sequencer(false).appendBatch();

    assertThat(published)
        .singleElement()
        .satisfies(batch -> assertThat(batch.appended()).hasSize(2))
        .satisfies(batch -> assertThat(batch.isPublished()).isTrue());
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
        Optional.of(LedgerKey.generate().sign(7, Digest.ofText("root"), LedgerFixture.BEGINNING));

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
        Optional.of(LedgerKey.generate().sign(7, Digest.ofText("root"), LedgerFixture.BEGINNING));

    sequencer(true).appendBatch();

    assertThat(new HeadFile(headFile()).read().map(SignedHead::treeSize)).contains(1L);
  }

  @Test
  void a_file_that_holds_no_head_is_an_error_and_not_a_fresh_start() throws Exception {
    Files.writeString(headFile(), "{");

    assertThatThrownBy(() -> sequencer(false))
        .hasMessageContaining("does not hold the head that was signed last");
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
            Duration.ofSeconds(3), 100, directory, null, acceptSmaller, true, Set.of());
    LedgerKeys keys = new LedgerKeys(settings, transactions);
    return new Sequencer(
        () ->
            new BatchSequencer(
                keys.loadOrCreate(),
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
