package io.plumbline.strategy;

import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;

/** What was decided for each of its tables. */
class EvidenceGrantsTests extends EvidenceGrants {

  @Override
  protected List<String> writtenOnce() {
    return List.of(
        "assessment",
        "baseline",
        "comparison",
        "cost_model",
        "dataset_version",
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
  protected List<String> narrow() {
    return List.of(
        // Only something newer replaces it.
        "phase: INSERT, UPDATE (changed_at, missing, reason, state, verdicts, version, waiver)",
        "release: INSERT, UPDATE (changed_at, percent, reason, state, version)",
        // A counter.
        "application: INSERT, UPDATE (published_events, version)",
        // The receipt, once.
        "criteria: INSERT, UPDATE (ledger_index)",
        // Until they are decided.
        "criteria_proposal: INSERT, UPDATE (approval_id, decided_at, decided_by, state)",
        "waiver: INSERT, UPDATE (approval_id, decided_at, decided_by, decision_reason, state)");
  }

  /** No evidence: a meter that adds up. */
  @Override
  protected List<String> operational() {
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
