package io.plumbline.inference;

import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.table.EvidenceGrants;
import io.plumbline.platform.test.table.SampleRow;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** Checks the rights on each table against what was decided for it. */
class EvidenceGrantsTests extends EvidenceGrants {

  private static final String DAY = SampleRow.DAY.format(DateTimeFormatter.BASIC_ISO_DATE);

  @BeforeAll
  void make_the_day_of_the_sample_rows() {
    EmbeddedServers.executeAsSuperuser(
        "grants", "SELECT create_trace_day('" + SampleRow.DAY + "')");
  }

  @Override
  protected List<String> writtenOnce() {
    return List.of(
        "canary_comparison",
        "connection",
        "feedback_metric",
        "model_version_projection",
        "prompt_author_projection",
        "prompt_projection",
        "release_withdrawal",
        "split_projection",
        "stopped_release",
        "trace",
        "usage_record",
        "variant",
        "verdict_projection");
  }

  @Override
  protected List<String> columnLimitedRights() {
    return List.of(
        // Only a newer event replaces these rows.
        "admission_projection: INSERT, UPDATE (outcome, purposes, reasons, version)",
        "application_projection: INSERT, UPDATE (criticality, version)",
        "base_model_projection: INSERT, UPDATE (cached_input_per_million, context_window, currency,"
            + " input_per_million, model_digest, output_per_million, version)",
        "criteria_projection: INSERT, UPDATE (criteria_digest, version)",
        "policy_projection: INSERT, UPDATE (source, target, version)",
        // A withdrawal ends once, when the version is admitted again.
        "data_withdrawal: INSERT, UPDATE (until)",
        // The caller who gave feedback may correct it.
        "feedback: INSERT, UPDATE (correct, correction, correction_contents, created_at, score)",
        // A key changes until it is revoked; its last use is written meanwhile.
        "api_key: INSERT, UPDATE (last_used_at, revocation, revocation_reason, revoked_at,"
            + " revoked_by)",
        // An index changes until it is built or has failed.
        "index_version: INSERT, UPDATE (blob_digest, cancelled, cost, currency, dimensions,"
            + " failure, fence, index_digest, method_digest, passages, tokens)",
        // Authorised people change it, and the ledger has every version.
        "trace_policy: INSERT, UPDATE (changed_at, changed_by, contents, retention_days, version)",
        // A release changes until it has ended.
        "release: INSERT, UPDATE (changed_at, previous_release_id, reason, state, version)");
  }

  /**
   * Lists the tables that hold no evidence: the current connections of providers, their keys, the
   * meter, the counts of a person's tokens, the vectors of indexes that are being built, and the
   * number by which replicas notice that API keys were revoked.
   */
  @Override
  protected List<String> operationalRights() {
    return List.of(
        "index_batch: DELETE, INSERT, UPDATE",
        "open_connection: DELETE, INSERT, UPDATE",
        "person_call: DELETE, INSERT, UPDATE",
        "person_tokens: DELETE, INSERT, UPDATE",
        "provider: DELETE, INSERT, UPDATE",
        "revocation_count: UPDATE",
        // Only the owner decides for how long traces are kept.
        "trace_retention: nothing",
        "workspace_change: DELETE, INSERT",
        // On the day of the sample rows, only the functions that make and drop days have rights.
        "trace_" + DAY + ": nothing",
        "trace_content_" + DAY + ": nothing",
        "usage_record_" + DAY + ": nothing",
        // A function deletes this personal data by the policy of its workspace.
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
        new Ended("data_withdrawal", "{}", "until = NULL"),
        new Ended("index_version", "{\"index_digest\": null}", "index_digest = 'y'"),
        new Ended("index_version", "{\"failure\": null}", "index_digest = 'y'"),
        new Ended("release", "{\"state\": \"REJECTED\"}", "state = 'ACTIVE'"));
  }
}
