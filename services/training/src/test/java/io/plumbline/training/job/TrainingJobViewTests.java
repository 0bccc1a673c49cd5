package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.state.JobState;
import io.plumbline.training.head.Epoch;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingJobViewTests {

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "100, 200, 0, 0.35", "200, 200, 0, 0.7", "200, 200, 10, 0.85"})
  void progress_is_mostly_embedding(int embedded, int texts, int epoch, double expected) {
    TrainingJobView view =
        TrainingJobView.from(
            new JobReads.Details(TestJobs.running(), progress(embedded, texts, epoch), List.of()));
    assertThat(view.progress()).isEqualTo(expected);
  }

  @Test
  void a_job_that_stopped_early_is_complete() {
    TrainingJobView view =
        TrainingJobView.from(
            new JobReads.Details(
                TestJobs.succeeded(UUID.randomUUID(), 0.9, 0.3), progress(200, 200, 9), List.of()));
    assertThat(view.progress()).isEqualTo(1);
    assertThat(view.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void shows_the_request_and_every_epoch() {
    Epoch scores = new Epoch(1, 0.002, 0.5, 0.8, 0.6, 0.7, 0.65);
    TrainingJobView view =
        TrainingJobView.from(
            new JobReads.Details(
                TestJobs.running(),
                progress(200, 200, 1),
                List.of(new JobReads.EpochRecord(scores, Digest.ofText("checkpoint")))));
    assertThat(view.jobId()).isEqualTo(new UUID(0, 7));
    assertThat(List.of(view.application(), view.baseModel(), view.author(), view.dataset()))
        .containsExactly("mail-triage", "local/choice-minilm", "ada", "mail");
    assertThat(view.hyperparameters()).containsEntry("epochs", 20.0).hasSize(7);
    assertThat(view.epochs())
        .containsExactly(
            new TrainingJobView.EpochView(
                1, 0.002, 0.5, 0.8, 0.6, 0.7, 0.65, Digest.ofText("checkpoint")));
    assertThat(view.result()).isNull();
  }

  @Test
  void shows_the_result_with_the_metrics_of_the_best_epoch() {
    TrainingJobView.ResultView result = TrainingJobView.ResultView.from(TestJobs.result(0.92, 0.3));
    assertThat(result.bestEpoch()).isEqualTo(4);
    assertThat(result.metrics())
        .containsExactly(entry("accuracy", 0.93), entry("loss", 0.3), entry("macro_f1", 0.92));
    assertThat(result.suspects())
        .containsExactly(new TrainingResult.SuspectRow("0f", "ham", "spam", 0.02));
  }

  private static JobReads.Progress progress(int embedded, int texts, int epoch) {
    return new JobReads.Progress(embedded, texts, epoch, 20, 12L, 3.5, Money.usd("0.0001"));
  }
}
