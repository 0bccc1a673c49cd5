package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.reference.KnownFacts.Split;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrainingJobTests {

  private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

  private final TrainingJob job =
      new TrainingJob(
          UUID.randomUUID(),
          UUID.randomUUID(),
          new TrainingRequest(
              "mail-triage",
              "local/choice-minilm",
              TrainingMethod.HEAD,
              Digest.ofText("split"),
              Configuration.of(Map.of(), ""),
              1,
              0,
              null,
              null,
              "ada"),
          new Split(Digest.ofText("split"), "mail", 1, Digest.ofText("version"), Map.of()),
          NOW);

  @Test
  void beginsAgainAfterACrashAndCountsThat() {
    assertThat(job.begin(0, NOW)).isTrue();
    assertThat(job.begin(0, NOW)).isTrue();
    assertThat(job.attempt()).isEqualTo(2);
  }

  @Test
  void aPauseMakesTheRunVoid() {
    job.begin(0, NOW);
    job.pause();
    assertThat(job.begin(0, NOW)).isFalse();
    job.resume();
    assertThat(job.begin(0, NOW)).isFalse();
    assertThat(job.begin(1, NOW)).isTrue();
  }

  @Test
  void anEndMakesTheRunVoid() {
    job.begin(0, NOW);
    job.cancel("no longer needed", NOW);
    assertThat(job.begin(0, NOW)).isFalse();
    assertThat(job.state()).isEqualTo(JobState.CANCELLED);
    assertThat(job.finishedAt()).isEqualTo(NOW);
  }

  @Test
  void whatHasEndedIsNeitherCancelledNorPaused() {
    job.fail("broken", NOW);
    assertThatThrownBy(() -> job.cancel("late", NOW))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("FAILED");
    assertThatThrownBy(job::pause).isInstanceOf(Problem.class);
  }

  @Test
  void onlyAPausedJobIsResumed() {
    assertThatThrownBy(job::resume).isInstanceOf(Problem.class).hasMessageContaining("QUEUED");
  }
}
