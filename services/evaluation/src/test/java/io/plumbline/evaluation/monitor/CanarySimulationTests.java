package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Simulates canaries that are looked at after each report. Users always get the same arm, and some
 * of them fail more often than others. {@code -Dplumbline.simulations=1000} repeats each more often
 * than the build does.
 */
class CanarySimulationTests {

  private static final int SIMULATIONS = Integer.getInteger("plumbline.simulations", 150);
  private static final CanarySettings SETTINGS = new CanarySettings(0.05, 20, 10, 0.001, 0);
  private static final Digest CANDIDATE = Digest.ofText("candidate");
  private static final Digest FORMER = Digest.ofText("former");
  private static final int USERS = 500;
  private static final int ANSWERS_OF_A_USER = 20;
  private static final int ANSWERS_PER_REPORT = 100;

  /** The conduct of a caller who has 20% of the traffic and sees the arm of each answer. */
  private enum Mallory {
    ABSENT,
    FAILS_THE_CANDIDATE,
    FAILS_THE_CONTROL
  }

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void a_candidate_that_is_no_worse_is_rarely_halted() {
    assertThat(haltedShare(0.05, Mallory.ABSENT, 4_000)).isLessThanOrEqualTo(0.04);
  }

  @Test
  void a_candidate_that_is_five_points_worse_is_halted() {
    assertThat(haltedShare(0.10, Mallory.ABSENT, 10_000)).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void a_caller_who_knows_the_arms_halts_no_candidate_that_is_no_worse() {
    assertThat(haltedShare(0.05, Mallory.FAILS_THE_CANDIDATE, 4_000)).isLessThanOrEqualTo(0.05);
  }

  @Test
  void a_caller_who_knows_the_arms_hides_no_candidate_that_is_worse() {
    assertThat(haltedShare(0.10, Mallory.FAILS_THE_CONTROL, 12_500)).isGreaterThanOrEqualTo(0.9);
  }

  private double haltedShare(double candidateRate, Mallory mallory, int answers) {
    int halted = 0;
    for (int simulation = 0; simulation < SIMULATIONS; simulation++) {
      halted += isHalted(candidateRate, mallory, answers) ? 1 : 0;
    }
    System.out.printf(
        "%s, error rate %.2f to 0.05: %d of %d halted%n",
        mallory, candidateRate, halted, SIMULATIONS);
    return halted / (double) SIMULATIONS;
  }

  private boolean isHalted(double candidateRate, Mallory mallory, int answers) {
    Population users = new Population(candidateRate - 0.05);
    int cluster = random.nextInt(ArmReported.CLUSTERS);
    long[][] canary = new long[ArmReported.CLUSTERS][2];
    long[][] control = new long[ArmReported.CLUSTERS][2];
    CanaryAnalysis analysis = CanaryAnalysis.START;
    for (int answer = 1; answer <= answers; answer++) {
      if (mallory != Mallory.ABSENT && random.nextInt(5) == 0) {
        boolean candidate = random.nextBoolean();
        boolean failed = candidate == (mallory == Mallory.FAILS_THE_CANDIDATE);
        count((candidate ? canary : control)[cluster], failed);
      } else {
        users.answer(canary, control);
      }
      if (answer % ANSWERS_PER_REPORT == 0) {
        analysis =
            analysis
                .withReport(Arm.CONTROL, FORMER, "a/1", report(answer, control))
                .withReport(Arm.CANARY, CANDIDATE, "a/1", report(answer, canary));
        if (analysis
            .decision(SETTINGS, 50)
            .filter(decision -> decision.outcome() == Outcome.FAIL)
            .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Users, each with an arm, a cluster and a rate of failures of their own. */
  private final class Population {

    private final double harm;
    private final boolean[] candidate = new boolean[USERS];
    private final int[] cluster = new int[USERS];
    private final double[] rate = new double[USERS];
    private final int[] answers = new int[USERS];

    Population(double harm) {
      this.harm = harm;
      for (int user = 0; user < USERS; user++) {
        renew(user);
      }
    }

    /** Half of the users fail in 1% of their calls, the others in 9%. */
    private void renew(int user) {
      candidate[user] = random.nextBoolean();
      cluster[user] = random.nextInt(ArmReported.CLUSTERS);
      rate[user] = random.nextBoolean() ? 0.01 : 0.09;
      answers[user] = 0;
    }

    /** Answers a user; one who has had the answers that count is replaced by a new one. */
    void answer(long[][] canary, long[][] control) {
      int user = random.nextInt(USERS);
      if (answers[user] == ANSWERS_OF_A_USER) {
        renew(user);
      }
      answers[user]++;
      double failing = rate[user] + (candidate[user] ? harm : 0);
      count((candidate[user] ? canary : control)[cluster[user]], random.nextDouble() < failing);
    }
  }

  private static void count(long[] counts, boolean failed) {
    counts[0]++;
    counts[1] += failed ? 1 : 0;
  }

  private static Report report(long sequence, long[][] clusters) {
    List<Counts> counts =
        Arrays.stream(clusters).map(each -> new Counts(each[0], each[1], 0, 0)).toList();
    return new Report(sequence, counts.stream().reduce(Counts.NONE, Counts::plus), 0, counts);
  }
}
