package io.plumbline.evaluation;

import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;

/** What was decided for each of its tables. */
class EvidenceGrantsTests extends EvidenceGrants {

  @Override
  protected List<String> writtenOnce() {
    return List.of(
        "application",
        "attempt",
        "baseline",
        "criteria",
        "item_text",
        "model_version",
        "retrieval_index",
        "run_item",
        "run_leakage",
        "run_output",
        "split",
        "suite",
        "suite_item",
        "suite_opening",
        "suite_overlap",
        "training_job",
        "trivial_scores",
        "variant",
        "verdict");
  }

  @Override
  protected List<String> narrow() {
    return List.of(
        // Only something newer replaces it.
        "admission: INSERT, UPDATE (outcome, purposes, reasons, version)",
        // Counts until it has decided; then only what became of its release.
        "canary_guard: INSERT, UPDATE (analysis, candidate_digest, percent, state, verdict_id,"
            + " version)",
        // The result or the failure, once.
        "comparison: INSERT, UPDATE (failure, result)",
        // Until it has ended.
        "run: INSERT, UPDATE (cost_usd, failed, figures, finished_at, judging, outputs_digest,"
            + " reason, reused, state)");
  }

  @Override
  protected List<String> replacedByNewer() {
    return List.of("admission");
  }

  @Override
  protected List<Ended> ended() {
    return List.of(
        new Ended("canary_guard", "{\"state\": \"FAILED\"}", "state = 'PASSED'"),
        new Ended("canary_guard", "{\"state\": \"PASSED\"}", "analysis = '[]'"),
        new Ended("comparison", "{\"result\": {}, \"failure\": null}", "result = NULL"),
        new Ended("comparison", "{\"result\": null, \"failure\": \"x\"}", "failure = NULL"),
        new Ended("run", "{\"state\": \"FINISHED\"}", "figures = NULL"));
  }
}
