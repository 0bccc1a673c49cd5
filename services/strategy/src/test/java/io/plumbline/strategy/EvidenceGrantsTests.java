package io.plumbline.strategy;

import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;

/** Tests that the rights on each table are as decided for strategy. */
class EvidenceGrantsTests extends EvidenceGrants {

  @Override
  protected List<String> writtenOnce() {
    return List.of(
        "assessment",
        "baseline",
        "comparison",
        "cost_model",
        "dataset_version",
        "declared_tuned_model",
        "recommendation",
        "run",
        "split",
        "suite",
        "training_job",
        "trivial_scores",
        "tuned_model",
        "variant",
        "verdict");
  }

  @Override
  protected List<String> columnLimitedRights() {
    return List.of(
        // A row of these tables is replaced by newer state alone.
        "phase: INSERT, UPDATE (changed_at, missing, reason, state, verdicts, version, waiver)",
        "release: INSERT, UPDATE (changed_at, percent, reason, state, version)",
        // The number of published events is a counter.
        "application: INSERT, UPDATE (published_events, version)",
        // The receipt is added once.
        "criteria: INSERT, UPDATE (ledger_index)",
        // Proposals and waivers change once, when they are decided.
        "criteria_proposal: INSERT, UPDATE (approval_id, decided_at, decided_by, state)",
        "waiver: INSERT, UPDATE (approval_id, decided_at, decided_by, decision_reason, state)");
  }

  /** Returns the tables that are no evidence: usage is a sum of measurements. */
  @Override
  protected List<String> operationalRights() {
    return List.of("usage: DELETE, INSERT, UPDATE");
  }

  @Override
  protected List<String> replacedByNewer() {
    return List.of("phase", "release");
  }

  @Override
  protected List<Ended> ended() {
    return List.of(
        new Ended("criteria", "{}", "ledger_index = 2"),
        new Ended("criteria_proposal", "{\"state\": \"REJECTED\"}", "state = 'APPROVED'"),
        new Ended("waiver", "{\"state\": \"REJECTED\"}", "state = 'APPROVED'"));
  }
}
