package io.plumbline.evaluation;

import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;

/** Tests the database grants that were decided for each table of the service. */
class EvidenceGrantsTests extends EvidenceGrants {

  @Override
  protected List<String> writtenOnce() {
    return List.of(
        "application",
        "attempt",
        "baseline",
        "canary_comparison",
        "canary_plan",
        "connection",
        "criteria",
        "declared_tuned_model",
        "index_connection",
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
        "suite_opening_request",
        "suite_overlap",
        "training_job",
        "trivial_scores",
        "variant",
        "verdict");
  }

  @Override
  protected List<String> columnLimitedRights() {
    return List.of(
        // A row is replaced only by a newer decision.
        "admission: INSERT, UPDATE (outcome, purposes, reasons, version)",
        "judged_price: INSERT, UPDATE (price)",
        "model_price: INSERT, UPDATE (cached_input_per_million, currency, input_per_million,"
            + " output_per_million, version)",
        "phase: INSERT, UPDATE (missing_evidence, state, version)",
        // A row changes until the guard has decided, and afterwards with its release only.
        "canary_guard: INSERT, UPDATE (analysis, candidate_digest, percent, state, verdict_id,"
            + " version)",
        // The result or the failure is written once.
        "comparison: INSERT, UPDATE (failure, result)",
        // A row changes until the run has ended.
        "run: INSERT, UPDATE (cost_usd, failed, figures, finished_at, judging, outputs_digest,"
            + " pauses, reason, retries, reused, state)");
  }

  @Override
  protected List<String> replacedByNewer() {
    return List.of("admission", "model_price", "phase");
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
