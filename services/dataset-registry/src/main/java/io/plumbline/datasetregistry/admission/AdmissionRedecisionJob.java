package io.plumbline.datasetregistry.admission;

import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobPostponed;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Decides all admissions of a workspace again, each page in its own transaction, by the policies
 * that are active at that time. A repeated run records nothing, because only a different decision
 * is recorded.
 */
@Component
class AdmissionRedecisionJob implements JobHandler {

  static final String KIND = "decide-again";

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final AdmissionGate gate;

  AdmissionRedecisionJob(AdmissionGate gate) {
    this.gate = gate;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) {
    try {
      Optional<Admission> last = gate.redecideNextPage("", 0);
      while (last.isPresent()) {
        last = gate.redecideNextPage(last.get().dataset(), last.get().number());
      }
    } catch (OptimisticLockingFailureException atTheSameTime) {
      throw new JobPostponed(RETRY_PAUSE, String.valueOf(atTheSameTime.getMessage()));
    }
  }
}
