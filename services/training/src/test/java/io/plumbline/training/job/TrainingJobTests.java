package io.plumbline.training.job;

import static io.plumbline.training.job.TestJobs.CREATED;
import static io.plumbline.training.job.TestJobs.ENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingJobTests {

  private static final Instant NOW = CREATED;

  private final TrainingJob job = TestJobs.queued();

  @Test
  void is_queued_with_what_was_requested() {
    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    assertThat(job.spec()).isEqualTo(TestJobs.SPEC);
    assertThat(job.configuration()).isEqualTo(TestJobs.request().configuration());
    assertThat(List.of(job.dataset(), job.datasetVersion(), job.datasetDigest(), job.createdAt()))
        .isEqualTo(List.of("mail", 3, Digest.ofText("version"), CREATED));
    assertThat(List.of(job.run(), job.attempt())).isEqualTo(List.of(0, 0));
  }

  @Test
  void begins_again_after_a_crash_and_counts_that() {
    assertThat(job.begin(0, NOW)).isTrue();
    assertThat(job.begin(0, NOW)).isTrue();
    assertThat(job.attempt()).isEqualTo(2);
  }

  @Test
  void keeps_the_time_of_its_first_start() {
    job.begin(0, CREATED.plusSeconds(5));
    job.begin(0, CREATED.plusSeconds(60));
    assertThat(job.startedAt()).isEqualTo(CREATED.plusSeconds(5));
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
  void a_queued_job_can_be_paused_before_it_starts() {
    job.pause();
    assertThat(job.state()).isEqualTo(JobState.PAUSED);
    assertThat(job.begin(0, NOW)).isFalse();
    job.resume();
    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    assertThat(job.run()).isEqualTo(1);
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
  void succeeds_with_a_result_and_without_a_reason() {
    TrainingJob done = TestJobs.succeeded(UUID.randomUUID(), 0.92, 0.3);
    assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(done.result()).isEqualTo(TestJobs.result(0.92, 0.3));
    assertThat(done.reason()).isNull();
    assertThat(done.finishedAt()).isEqualTo(ENDED);
    assertThat(done.run()).isEqualTo(1);
  }

  @Test
  void fails_with_a_reason_and_without_a_result() {
    TrainingJob failed = TestJobs.failed(UUID.randomUUID());
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.reason()).isEqualTo("The trainer exited with code 1");
    assertThat(failed.result()).isNull();
    assertThat(Duration.between(CREATED, failed.finishedAt())).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void remembers_the_entry_of_the_job_queue() {
    UUID entry = UUID.randomUUID();
    job.setQueueEntry(entry);
    assertThat(job.queueId()).isEqualTo(entry);
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
  void only_a_paused_job_is_resumed() {
    assertThatThrownBy(job::resume).isInstanceOf(Problem.class).hasMessageContaining("QUEUED");
  }

  @Test
  void a_refusal_names_the_present_state_and_the_required_one() {
    Problem problem = catchThrowableOfType(Problem.class, job::resume);
    assertThat(problem.type()).isEqualTo(TrainingProblem.WRONG_STATE);
    assertThat(problem).hasMessage("The job is QUEUED. Resume a job that is PAUSED.");
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void no_run_of_an_ended_job_can_start(JobState end) {
    TrainingJob ended =
        switch (end) {
          case SUCCEEDED -> TestJobs.succeeded(UUID.randomUUID(), 0.9, 0.3);
          case FAILED -> TestJobs.failed(UUID.randomUUID());
          default -> TestJobs.cancelled(UUID.randomUUID(), "wrong split");
        };
    assertThat(ended.state()).isEqualTo(end);
    assertThat(ended.begin(0, NOW)).isFalse();
    assertThat(ended.begin(1, NOW)).isFalse();
  }
}
