package io.plumbline.evaluation.experiment;

import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The job that computes a comparison which is too large to answer at once. */
@Component
class ComparisonJob implements JobHandler {

  static final String KIND = "evaluation-comparison";

  record Payload(UUID comparisonId) {}

  private final ComparisonService comparisons;

  ComparisonJob(ComparisonService comparisons) {
    this.comparisons = comparisons;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) {
    UUID id = job.payload(Payload.class).comparisonId();
    try {
      Optional<ComparisonService.Inputs> inputs = comparisons.findPendingInputs(id);
      if (inputs.isPresent()) {
        Comparison result = inputs.get().compare();
        job.runUnderLease(() -> comparisons.finish(id, result));
      }
    } catch (RuntimeException | Error unexpected) {
      if (!job.willRunAgain(unexpected)) {
        job.runUnderLease(() ->
            comparisons.endFailed(
                id, "The comparison stopped with an error: " + unexpected.getMessage()));
      }
      throw unexpected;
    }
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    job.runUnderLease(
        () -> comparisons.endFailed(job.payload(Payload.class).comparisonId(), reason));
  }
}
