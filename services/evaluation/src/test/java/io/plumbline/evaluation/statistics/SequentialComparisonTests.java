package io.plumbline.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialComparisonTests {

  private static final double ALPHA = 0.05;

  private static long draw(SplittableRandom random, int trials, double rate) {
    long events = 0;
    for (int i = 0; i < trials; i++) {
      events += random.nextDouble() < rate ? 1 : 0;
    }
    return events;
  }

  /** Share of simulated courses in which the candidate is ever called worse, looked at after each of the blocks. */
  private static double alarms(double baseline, double candidate, int baselineSize, int candidateSize, int blocks, int courses) {
    SplittableRandom random = new SplittableRandom(42);
    int alarms = 0;
    for (int course = 0; course < courses; course++) {
      SequentialComparison state = SequentialComparison.START;
      for (int block = 0; block < blocks && !state.worse(ALPHA); block++) {
        state = state.after(baselineSize, draw(random, baselineSize, baseline), candidateSize, draw(random, candidateSize, candidate));
      }
      alarms += state.worse(ALPHA) ? 1 : 0;
    }
    return (double) alarms / courses;
  }

  @Test
  void holdsTheFalseAlarmRateHoweverOftenItLooks() {
    assertThat(alarms(0.05, 0.05, 9, 1, 300, 2000)).isLessThanOrEqualTo(ALPHA);
    assertThat(alarms(0.2, 0.2, 5, 5, 300, 2000)).isLessThanOrEqualTo(ALPHA);
    assertThat(alarms(0.5, 0.5, 1, 1, 1000, 1000)).isLessThanOrEqualTo(ALPHA);
    assertThat(alarms(0.3, 0.2, 5, 5, 300, 1000)).isLessThanOrEqualTo(ALPHA);
  }

  @Test
  void findsACandidateThatIsWorse() {
    assertThat(alarms(0.05, 0.35, 20, 20, 6, 500)).isGreaterThan(0.95);
    assertThat(alarms(0.02, 0.10, 18, 2, 600, 300)).isGreaterThan(0.95);
  }

  /** By hand: the first block bets nothing; the second bets rates 0.18/10.36 and 10.18/10.36 against their mean. */
  @Test
  void multipliesTheEvidenceByTheLikelihoodRatioOfTheBlock() {
    SequentialComparison first = SequentialComparison.START.after(10, 0, 10, 10);
    assertThat(first.logEvidence()).isZero();
    double expected = Math.log((10.18 / 10.36) / 0.5) + Math.log((1 - 0.18 / 10.36) / 0.5);
    assertThat(first.after(1, 0, 1, 1).logEvidence()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void refusesABlockOfOneArm() {
    assertThatIllegalArgumentException().isThrownBy(() -> SequentialComparison.START.after(0, 0, 5, 1));
  }

  @Test
  void aTrueSplitRarelyLooksWrong() {
    SplittableRandom random = new SplittableRandom(5);
    int alarms = 0;
    for (int course = 0; course < 500; course++) {
      long inArm = 0;
      boolean alarm = false;
      for (int n = 1; n <= 1000; n++) {
        inArm += random.nextDouble() < 0.1 ? 1 : 0;
        alarm |= SampleRatio.mismatch(inArm, n, 0.1, ALPHA);
      }
      alarms += alarm ? 1 : 0;
    }
    assertThat(alarms / 500.0).isLessThanOrEqualTo(ALPHA);
    assertThat(SampleRatio.mismatch(300, 1000, 0.1, 0.001)).isTrue();
  }
}
