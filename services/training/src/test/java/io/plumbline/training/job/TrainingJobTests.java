package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.projection.ProjectionReader.Split;
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
  void begins_again_after_acrash_and_counts_that() {
    assertThat(job.begin(0, NOW)).isTrue();
    assertThat(job.begin(0, NOW)).isTrue();
    assertThat(job.attempt()).isEqualTo(2);
  }

  @Test
  void a_pause_makes_the_run_void() {
    job.begin(0, NOW);
    job.pause();
    assertThat(job.begin(0, NOW)).isFalse();
    job.resume();
    assertThat(job.begin(0, NOW)).isFalse();
    assertThat(job.begin(1, NOW)).isTrue();
  }

  @Test
  void an_end_makes_the_run_void() {
    job.begin(0, NOW);
    job.cancel("no longer needed", NOW);
    assertThat(job.begin(0, NOW)).isFalse();
    assertThat(job.state()).isEqualTo(JobState.CANCELLED);
    assertThat(job.finishedAt()).isEqualTo(NOW);
  }

  @Test
  void what_has_ended_is_neither_cancelled_nor_paused() {
    job.fail("broken", NOW);
    assertThatThrownBy(() -> job.cancel("late", NOW))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("FAILED");
    assertThatThrownBy(job::pause).isInstanceOf(Problem.class);
  }

  @Test
  void only_apaused_job_is_resumed() {
    assertThatThrownBy(job::resume).isInstanceOf(Problem.class).hasMessageContaining("QUEUED");
  }
}
