package io.plumbline.training;

import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;

/** Tests of the privileges that were decided for each table of the service. */
class EvidenceGrantsTests extends EvidenceGrants {

  @Override
  protected List<String> writtenOnce() {
    return List.of("application", "checkpoint", "dataset_version", "job_event", "split");
  }

  @Override
  protected List<String> columnLimitedRights() {
    return List.of(
        // Only a newer version replaces a row.
        "admission: INSERT, UPDATE (purposes, reasons, version)",
        "base_model: INSERT, UPDATE (digest, tunable, version)",
        "phase: INSERT, UPDATE (missing, state, version)",
        // Rows of these tables change until the sweep or job has ended.
        "sweep: INSERT, UPDATE (best_trial, compute_seconds, finished_at, reason, state, trials,"
            + " version)",
        "training_job: INSERT, UPDATE (attempt, finished_at, queue_id, reason, result, run,"
            + " started_at, state, version)");
  }

  /** Returns the privileges on tables that are no evidence: the progress of running jobs. */
  @Override
  protected List<String> operationalRights() {
    return List.of("job_stream: DELETE, INSERT, UPDATE");
  }

  @Override
  protected List<String> replacedByNewer() {
    return List.of("admission", "base_model", "phase");
  }

  @Override
  protected List<Ended> ended() {
    return List.of(
        new Ended("sweep", "{\"state\": \"SUCCEEDED\"}", "best_trial = 2"),
        new Ended("training_job", "{\"state\": \"FAILED\"}", "state = 'SUCCEEDED'"));
  }
}
