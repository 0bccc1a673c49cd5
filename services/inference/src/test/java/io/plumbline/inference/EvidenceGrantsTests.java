package io.plumbline.inference;

import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** What was decided for each of its tables. */
class EvidenceGrantsTests extends EvidenceGrants {

  @BeforeAll
  void make_the_day_of_the_sample_rows() {
    EmbeddedServers.asSuperuser("grants", "SELECT create_trace_day('2026-11-26')");
  }

  @Override
  protected List<String> writtenOnce() {
    return List.of(
        "connection",
        "feedback_metric",
        "model_version_projection",
        "prompt_projection",
        "split_projection",
        "trace",
        "usage_record",
        "variant",
        "verdict_projection");
  }

  @Override
  protected List<String> narrow() {
    return List.of(
        // Only something newer replaces it.
        "admission_projection: INSERT, UPDATE (outcome, purposes, reasons, version)",
        "application_projection: INSERT, UPDATE (criticality, version)",
        "base_model_projection: INSERT, UPDATE (cached_input_per_million, context_window, currency,"
            + " input_per_million, model_digest, output_per_million, version)",
        "criteria_projection: INSERT, UPDATE (criteria_digest, version)",
        "policy_projection: INSERT, UPDATE (source, target, version)",
        // Corrected by who gave it.
        "feedback: INSERT, UPDATE (correct, correction, correction_contents, created_at, score)",
        // Until it is revoked; when it was last used is written meanwhile.
        "api_key: INSERT, UPDATE (last_used_at, revocation, revocation_reason, revoked_at,"
            + " revoked_by)",
        // Until it is built or has failed.
        "index_version: INSERT, UPDATE (blob_digest, cancelled, cost, currency, dimensions,"
            + " failure, fence, index_digest, method_digest, passages, tokens)",
        // By somebody who may; every version is in the ledger.
        "trace_policy: INSERT, UPDATE (changed_at, changed_by, contents, retention_days, version)",
        // Until it has ended.
        "release: INSERT, UPDATE (changed_at, previous_release_id, reason, state, version)");
  }

  /**
   * No evidence: what leads to a provider at present, its keys, the meter, the vectors of indexes
   * that are being built, and the number by which replicas see that API keys were revoked.
   */
  @Override
  protected List<String> operational() {
    return List.of(
        "index_batch: DELETE, INSERT, UPDATE",
        "open_connection: DELETE, INSERT, UPDATE",
        "provider: DELETE, INSERT, UPDATE",
        "revocation_count: UPDATE",
        // The day of the sample rows: the functions that make and drop days have the rights.
        "trace_20261126: nothing",
        "trace_content_20261126: nothing",
        "usage_record_20261126: nothing",
        // Personal data, which a function deletes by the policy of its workspace.
        "trace_content: INSERT",
        "usage_minute: DELETE, INSERT, UPDATE");
  }

  @Override
  protected List<String> replacedByNewer() {
    return List.of(
        "admission_projection",
        "application_projection",
        "base_model_projection",
        "criteria_projection",
        "policy_projection",
        "trace_policy");
  }

  @Override
  protected List<Ended> ended() {
    return List.of(
        new Ended("api_key", "{}", "revoked_at = NULL"),
        new Ended("index_version", "{\"index_digest\": null}", "index_digest = 'y'"),
        new Ended("index_version", "{\"failure\": null}", "index_digest = 'y'"),
        new Ended("release", "{\"state\": \"REJECTED\"}", "state = 'ACTIVE'"));
  }
}
