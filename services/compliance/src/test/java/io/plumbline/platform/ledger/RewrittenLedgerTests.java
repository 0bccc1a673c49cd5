package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.StoredNodes;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeProofs;
import io.plumbline.platform.ledger.ReceivedHeads.Reception;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tests, on a real database, that the other services do not follow a ledger that was rewritten,
 * lengthened and signed with its own key.
 */
@Tag("servers")
class RewrittenLedgerTests {

  private final LedgerFixture ledger = new LedgerFixture("rewritten");
  private final LedgerApi api =
      (from, to) ->
          new LedgerApi.Proof(
              new TreeProofs(new StoredNodes(new JdbcTemplate(ledger.dataSource())))
                  .consistencyProof(from, to).stream().map(Digest::ofRaw).toList());
  private final LedgerSettings settings =
      new LedgerSettings(
          Duration.ofMinutes(15),
          ledger.strings("SELECT public_key FROM ledger_key"),
          null,
          null,
          false);
  private final ReceivedHeads service = new ReceivedHeads(new HeadKeys(settings), api, settings);

  @BeforeEach
  void receiveTheGenuineLedger() {
    assertThat(service.receive(appendUpTo(0, 100, -1))).isEqualTo(Reception.CONTINUES);
  }

  @Test
  void the_genuine_ledger_is_followed() {
    HeadSigned next = appendUpTo(100, 101, -1);

    assertThat(next.proof()).isNotNull();
    assertThat(service.receive(next)).isEqualTo(Reception.CONTINUES);
    assertThat(service.receive(appendUpTo(101, 300, -1))).isEqualTo(Reception.CONTINUES);
  }

  @Test
  void a_ledger_with_another_entry_5_and_one_more_is_not_followed() {
    ledger.tamper(
        "TRUNCATE ledger_message, ledger_partition, ledger_entry, ledger_tile, ledger_head,"
            + " ledger_fresh_head");
    ledger.restart();
    appendUpTo(0, 100, 5);
    HeadSigned forged = appendUpTo(100, 101, -1);

    assertThat(forged.treeSize()).isEqualTo(101);
    assertThat(service.receive(forged)).isEqualTo(Reception.FORKED);
    assertThat(service.receive(withoutProof(forged))).isEqualTo(Reception.FORKED);
    assertThat(service.proved().map(HeadSigned::treeSize)).contains(100L);
  }

  private static HeadSigned withoutProof(HeadSigned head) {
    return new HeadSigned(
        head.treeSize(),
        head.root(),
        head.signedAt(),
        head.signature(),
        head.keyId(),
        head.origin(),
        null,
        null);
  }

  /** Appends entries in one batch, and returns the event of its head. */
  private HeadSigned appendUpTo(int first, int end, int rewritten) {
    ledger.record(
        IntStream.range(first, end)
            .mapToObj(i -> LedgerFixture.message(i == rewritten ? 1_000 + i : i))
            .toArray(LedgerMessage[]::new));
    return Objects.requireNonNull(ledger.sequence().announcement());
  }
}
