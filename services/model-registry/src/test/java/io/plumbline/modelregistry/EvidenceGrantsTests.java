package io.plumbline.modelregistry;

import io.plumbline.platform.test.table.EvidenceGrants;
import java.util.List;

/** The permissions that were decided for each table of the model registry. */
class EvidenceGrantsTests extends EvidenceGrants {

  @Override
  protected List<String> writtenOnce() {
    return List.of("halted_canary", "model_version", "training_job", "variant", "verdict");
  }

  @Override
  protected List<String> columnLimitedRights() {
    return List.of(
        // Only newer evidence replaces a row.
        "base_model: INSERT, UPDATE (cached_input_per_million, context_window, currency,"
            + " deprecated_on, description, input_per_million, licence, model_digest,"
            + " output_per_million, price_approval_id, price_approved_by, price_proposal_id,"
            + " price_proposed_by, price_valid_from, version)",
        // Prices change until they are decided.
        "price_proposal: INSERT, UPDATE (approval_id, decided_at, decided_by, state)",
        "criteria: INSERT, UPDATE (digest, version)",
        // These columns say where the alias points; each move is a row of alias_move.
        "alias: INSERT, UPDATE (moved_at, moved_by, version)",
        // A move changes until it is decided.
        "alias_move: INSERT, UPDATE (approval_id, decided_at, decided_by, from_version, state)",
        // A statement changes until it is decided or withdrawn.
        "tuning_statement: INSERT, UPDATE (confirmed_at, confirmed_by, end_reason, ended_as,"
            + " ended_at, ended_by)",
        // These are counters.
        "model: INSERT, UPDATE (alias_moves, latest_version, version)");
  }

  @Override
  protected List<String> replacedByNewer() {
    return List.of("base_model", "criteria");
  }

  @Override
  protected List<Ended> ended() {
    return List.of(
        new Ended("alias_move", "{\"state\": \"REJECTED\"}", "state = 'MOVED'"),
        new Ended("price_proposal", "{\"state\": \"REJECTED\"}", "state = 'APPROVED'"),
        new Ended("tuning_statement", "{\"ended_as\": null}", "confirmed_by = NULL"),
        new Ended(
            "tuning_statement",
            "{\"ended_as\": \"REJECTED\", \"confirmed_at\": null}",
            "ended_as = NULL"));
  }
}
