package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests what a service knows of the ledger after a restart, on a real database. */
@Tag("servers")
class LargestHeadPersisterTests {

  private final PlatformDatabase database = new PlatformDatabase();
  private final HeadSigner signer = new HeadSigner();
  private final ManualClock clock = new ManualClock();

  /** One process of the service. */
  private final class ServiceProcess {
    final ReceivedHeads heads;
    final LedgerLag lag;
    final LargestHeadPersister memory;

    ServiceProcess(LedgerSettings settings) {
      heads = signer.receivedHeads(TestLog.GENUINE, settings);
      lag = new LedgerLag(() -> Duration.ZERO, LargestHeadPersisterTests.this::nanos, settings);
      memory =
          new LargestHeadPersister(
              new HeadStore(database.sql(), database.transaction()),
              heads,
              lag,
              settings,
              LargestHeadPersisterTests.this::nanos);
      memory.start();
    }

    void receive(HeadSigned head) {
      assertThat(heads.receive(head)).isEqualTo(ReceivedHeads.Reception.CONTINUES);
      memory.recordReceived(head);
    }
  }

  @BeforeEach
  void empty() {
    database.sql().sql("TRUNCATE received_head").update();
  }

  @Test
  void a_restart_forgets_neither_the_largest_head_nor_how_long_ago_it_was_received() {
    ServiceProcess first = new ServiceProcess(signer.settings());
    first.memory.recordReceived(signer.sign(50));
    database
        .sql()
        .sql("UPDATE received_head SET received_at = clock_timestamp() - interval '20 minutes'")
        .update();

    ServiceProcess second = new ServiceProcess(signer.settings());

    assertThat(second.heads.largest()).contains(signer.sign(50));
    assertThat(second.lag.exceedsMaximum()).isTrue();
    second.memory.recordReceived(signer.sign(51));
    assertThat(second.lag.exceedsMaximum()).isFalse();
  }

  @Test
  void a_head_received_by_a_clock_ahead_does_not_lengthen_the_lag() {
    new ServiceProcess(signer.settings()).memory.recordReceived(signer.sign(50));
    database
        .sql()
        .sql("UPDATE received_head SET received_at = clock_timestamp() + interval '1 hour'")
        .update();

    assertThat(new ServiceProcess(signer.settings()).lag.current()).isZero();
  }

  @Test
  void the_first_start_counts_from_itself() {
    assertThat(new ServiceProcess(signer.settings()).lag.current()).isZero();
  }

  @Test
  void a_head_is_saved_now_and_then() {
    ServiceProcess process = new ServiceProcess(signer.settings());
    process.memory.recordReceived(signer.sign(50));
    process.memory.recordReceived(signer.sign(51));
    assertThat(saved()).isEqualTo(50);

    clock.advance(Duration.ofSeconds(10));
    process.memory.recordReceived(signer.sign(52));
    assertThat(saved()).isEqualTo(52);
  }

  @Test
  void the_database_keeps_the_largest() {
    new ServiceProcess(signer.settings()).memory.recordReceived(signer.sign(50));

    assertThatThrownBy(() -> database.sql().sql("UPDATE received_head SET tree_size = 40").update())
        .rootCause()
        .hasMessageContaining("cannot go back to 40");
  }

  @Test
  void after_a_loss_on_record_it_begins_anew() {
    new ServiceProcess(signer.settings()).memory.recordReceived(signer.sign(50));

    ServiceProcess after = new ServiceProcess(signer.settings(null, null, true));

    assertThat(after.heads.largest()).isEmpty();
    after.receive(signer.after(Duration.ofHours(1)).sign(40));
    assertThat(new ServiceProcess(signer.settings()).heads.proved().map(HeadSigned::treeSize))
        .contains(40L);
  }

  @Test
  void the_proved_head_survives_a_restart_and_no_fork_of_it_does() {
    new ServiceProcess(signer.settings()).receive(signer.sign(50));

    ServiceProcess second = new ServiceProcess(signer.settings());

    assertThat(
            second.heads.receive(signer.after(Duration.ofSeconds(3)).sign(new TestLog(5), 50, 51)))
        .isEqualTo(ReceivedHeads.Reception.FORKED);
    assertThat(saved()).isEqualTo(50);
  }

  @Test
  void a_key_that_was_named_is_trusted_after_a_restart_too() {
    HeadSigner next = signer.successor(HeadSignature.FIRST_ORIGIN);
    ServiceProcess first = new ServiceProcess(signer.settings());
    first.receive(signer.sign(50));
    clock.advance(Duration.ofSeconds(10));
    first.receive(next.after(Duration.ofSeconds(3)).sign(51));

    ServiceProcess second = new ServiceProcess(signer.settings());

    assertThat(second.heads.receive(signer.after(Duration.ofSeconds(6)).sign(52)))
        .isEqualTo(ReceivedHeads.Reception.UNSIGNED);
    assertThat(second.heads.receive(next.after(Duration.ofSeconds(6)).sign(52)))
        .isEqualTo(ReceivedHeads.Reception.CONTINUES);
  }

  @Test
  void a_row_of_an_earlier_version_counts_as_proved() {
    HeadSigned head = signer.sign(50);
    database
        .sql()
        .sql(
            "INSERT INTO received_head (tree_size, root, signed_at, signature, key_id) VALUES (?,"
                + " ?, ?, ?, ?)")
        .params(
            head.treeSize(),
            head.root().bytes(),
            head.signedAt().atOffset(ZoneOffset.UTC),
            head.signature(),
            head.keyId())
        .update();

    assertThat(new ServiceProcess(signer.settings()).heads.proved()).contains(head);
  }

  private long saved() {
    return database.sql().sql("SELECT tree_size FROM received_head").query(Long.class).single();
  }

  private long nanos() {
    return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
  }
}
