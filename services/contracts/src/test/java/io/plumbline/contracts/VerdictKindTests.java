package io.plumbline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.state.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictKindTests {

  private static final Digest IN_FORCE = Digest.ofText("in force");

  @ParameterizedTest
  @EnumSource(names = {"PHASE", "RELEASE"})
  void one_under_the_criteria_in_force_decides_whatever_its_outcome(VerdictKind kind) {
    for (Outcome outcome : Outcome.values()) {
      assertThat(kind.countsForRelease(outcome, IN_FORCE, IN_FORCE)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PHASE", "RELEASE"})
  void one_under_other_criteria_or_none_does_not(VerdictKind kind) {
    assertThat(kind.countsForRelease(Outcome.FAIL, Digest.ofText("former"), IN_FORCE)).isFalse();
    assertThat(kind.countsForRelease(Outcome.FAIL, IN_FORCE, null)).isFalse();
    assertThat(kind.countsForRelease(Outcome.FAIL, null, null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"FAIL, true", "PASS, false", "INCONCLUSIVE, false"})
  void a_canary_decides_when_it_failed_whatever_criteria_are_in_force(
      Outcome outcome, boolean decides) {
    for (@Nullable Digest inForce : new @Nullable Digest[] {IN_FORCE, null}) {
      assertThat(VerdictKind.CANARY.countsForRelease(outcome, null, inForce)).isEqualTo(decides);
    }
  }

  @Test
  void one_on_forgetting_says_nothing_of_a_release() {
    assertThat(VerdictKind.FORGETTING.countsForRelease(Outcome.FAIL, IN_FORCE, IN_FORCE)).isFalse();
  }

  @Test
  void one_on_a_refresh_opens_no_other_release_whatever_criteria_are_in_force() {
    for (Outcome outcome : Outcome.values()) {
      assertThat(VerdictKind.REFRESH.countsForRelease(outcome, IN_FORCE, IN_FORCE)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void none_but_one_on_a_refresh_decides_a_refresh(VerdictKind kind) {
    assertThat(kind.countsForRefresh(IN_FORCE, IN_FORCE)).isEqualTo(kind == VerdictKind.REFRESH);
  }

  @Test
  void one_on_a_refresh_under_other_criteria_or_none_decides_nothing() {
    assertThat(VerdictKind.REFRESH.countsForRefresh(Digest.ofText("former"), IN_FORCE)).isFalse();
    assertThat(VerdictKind.REFRESH.countsForRefresh(IN_FORCE, null)).isFalse();
    assertThat(VerdictKind.REFRESH.countsForRefresh(null, null)).isFalse();
  }
}
