package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.platform.ledger.ReceivedHeads.Reception;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.ResourceAccessException;

class ReceivedHeadsTests {

  private static final TestLog FORK = new TestLog(5);
  private static final LedgerApi UNREACHABLE =
      (from, to) -> {
        throw new ResourceAccessException("no answer");
      };
  private static final String ORIGIN = HeadSignature.FIRST_ORIGIN;

  private final HeadSigner signer = new HeadSigner();
  private LedgerApi ledger = TestLog.GENUINE;
  private final ReceivedHeads heads = follow(signer.settings());

  private ReceivedHeads follow(LedgerSettings settings) {
    return signer.receivedHeads((from, to) -> ledger.proveConsistency(from, to), settings);
  }

  @Test
  void a_longer_fork_does_not_continue_though_it_proves_itself() {
    heads.receive(signer.sign(100));
    ledger = FORK;

    assertThat(heads.receive(later().sign(101, FORK.root(101)))).isEqualTo(Reception.FORKED);
    assertThat(heads.receive(later().sign(FORK, 100, 102))).isEqualTo(Reception.FORKED);
    assertThat(heads.receive(later().sign(FORK, 101, 103))).isEqualTo(Reception.FORKED);
    assertThat(heads.proved()).contains(signer.after(Duration.ofSeconds(-9)).sign(100));
    assertThat(heads.contradiction()).isPresent();
  }

  @Test
  void the_genuine_log_goes_on_after_a_fork() {
    heads.receive(signer.sign(100));
    heads.receive(later().sign(FORK, 100, 101));

    assertThat(heads.receive(later().sign(TestLog.GENUINE, 100, 102)))
        .isEqualTo(Reception.CONTINUES);
    assertThat(heads.contradiction()).isEmpty();
  }

  @Test
  void the_proof_in_the_event_is_enough() {
    ledger = UNREACHABLE;
    heads.receive(signer.sign(100));

    assertThat(heads.receive(later().sign(TestLog.GENUINE, 100, 107)))
        .isEqualTo(Reception.CONTINUES);
    assertThat(heads.receive(later().sign(TestLog.GENUINE, 107, 128)))
        .isEqualTo(Reception.CONTINUES);
  }

  @Test
  void an_event_of_an_earlier_version_is_proved_by_the_ledger() {
    heads.receive(signer.sign(100));

    assertThat(heads.receive(later().sign(101))).isEqualTo(Reception.CONTINUES);
  }

  @Test
  void a_gap_is_closed_by_the_ledger() {
    heads.receive(signer.sign(100));

    assertThat(heads.receive(later().sign(TestLog.GENUINE, 150, 151)))
        .isEqualTo(Reception.CONTINUES);
  }

  @Test
  void a_head_whose_proof_cannot_be_fetched_neither_continues_nor_contradicts() {
    heads.receive(signer.sign(100));
    ledger = UNREACHABLE;

    assertThat(heads.receive(later().sign(TestLog.GENUINE, 150, 151)))
        .isEqualTo(Reception.UNPROVED);
    assertThat(heads.proved().map(HeadSigned::treeSize)).contains(100L);
    assertThat(heads.contradiction()).isEmpty();

    ledger = TestLog.GENUINE;
    assertThat(heads.receive(later().sign(TestLog.GENUINE, 151, 152)))
        .isEqualTo(Reception.CONTINUES);
  }

  @Test
  void a_fork_that_could_not_be_proved_is_not_continued_either() {
    heads.receive(signer.sign(100));
    ledger = UNREACHABLE;
    heads.receive(later().sign(FORK, 150, 151));

    ledger = FORK;
    assertThat(heads.receive(later().sign(FORK, 151, 152))).isEqualTo(Reception.FORKED);
  }

  @Test
  void a_head_smaller_than_an_unproved_one_is_an_alarm() {
    heads.receive(signer.sign(100));
    ledger = UNREACHABLE;
    heads.receive(later().sign(151));

    assertThat(heads.receive(later().sign(TestLog.GENUINE, 100, 120))).isEqualTo(Reception.SMALLER);
  }

  @Test
  void a_fork_that_was_published_while_the_service_was_down_does_not_continue() {
    heads.resume(signer.sign(100));
    heads.addEarlierHead(later().sign(FORK, 100, 150));
    ledger = FORK;

    assertThat(heads.receive(later().sign(FORK, 150, 160))).isEqualTo(Reception.FORKED);
  }

  @Test
  void what_was_published_while_the_service_was_down_is_proved_first() {
    heads.resume(signer.sign(100));
    heads.addEarlierHead(later().sign(150));

    assertThat(heads.receive(later().sign(TestLog.GENUINE, 150, 160)))
        .isEqualTo(Reception.CONTINUES);
    assertThat(heads.proved().map(HeadSigned::treeSize)).contains(160L);
  }

  @Test
  void the_first_head_must_continue_the_pinned_one() {
    String pin = LedgerSettings.pin(signer.sign(50));
    ledger = FORK;

    assertThat(follow(signer.settings(null, pin, false)).receive(signer.sign(60, FORK.root(60))))
        .isEqualTo(Reception.FORKED);
    assertThat(follow(signer.settings(null, pin, false)).receive(signer.sign(50)))
        .isEqualTo(Reception.CONTINUES);
    assertThat(follow(signer.settings()).receive(signer.sign(60, FORK.root(60))))
        .isEqualTo(Reception.CONTINUES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"50", "50:ab", "-1:x", ":", "50:root"})
  void a_pin_that_names_no_head_is_refused(String pin) {
    assertThatThrownBy(() -> signer.settings(null, pin, false))
        .hasMessageStartingWith("plumbline.ledger.first-head must have the form SIZE:ROOT");
  }

  @Test
  void a_new_key_does_not_introduce_itself() {
    heads.receive(signer.sign(100));
    HeadSigner other = new HeadSigner();

    assertThat(heads.receive(other.after(Duration.ofSeconds(3)).sign(TestLog.GENUINE, 100, 101)))
        .isEqualTo(Reception.UNSIGNED);
    assertThat(
            heads.receive(
                other
                    .successor(ORIGIN)
                    .after(Duration.ofSeconds(3))
                    .sign(TestLog.GENUINE, 100, 101)))
        .isEqualTo(Reception.UNSIGNED);
  }

  @Test
  void a_key_that_the_former_one_names_signs_on_and_the_former_one_does_not() {
    heads.receive(signer.sign(100));
    HeadSigner next = signer.successor(ORIGIN).after(Duration.ofSeconds(3));

    assertThat(heads.receive(next.sign(TestLog.GENUINE, 100, 101))).isEqualTo(Reception.CONTINUES);
    assertThat(heads.receive(signer.after(Duration.ofSeconds(9)).sign(TestLog.GENUINE, 101, 102)))
        .isEqualTo(Reception.UNSIGNED);
    assertThat(heads.largest().map(HeadSigned::treeSize)).contains(101L);
  }

  @Test
  void a_succession_holds_for_one_origin() {
    heads.receive(signer.sign(100));
    HeadSigner next = signer.successor("another").after(Duration.ofSeconds(3));

    assertThat(heads.receive(next.sign(TestLog.GENUINE, 100, 101))).isEqualTo(Reception.UNSIGNED);
  }

  @Test
  void a_log_of_another_origin_is_another_log() {
    HeadSigned other = signer.sign("plumbline/other", 100, TestLog.GENUINE.root(100), null);

    assertThat(follow(signer.settings("plumbline/mine", null, false)).receive(other))
        .isEqualTo(Reception.UNSIGNED);
    heads.receive(signer.sign(50));
    assertThat(heads.receive(other)).isEqualTo(Reception.UNSIGNED);
    assertThat(follow(signer.settings()).receive(other)).isEqualTo(Reception.CONTINUES);
  }

  private HeadSigner later() {
    return signer.after(Duration.ofSeconds(3));
  }
}
