package io.plumbline.modelregistry;

import io.plumbline.contracts.ModelRegistryEvent.AliasMoved;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.ModelRegistryEvent.TuningRejected;
import io.plumbline.contracts.ModelRegistryEvent.TuningStated;
import io.plumbline.contracts.ModelRegistryEvent.TuningWithdrawn;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.event.RecordedTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tables that this service writes together with an event. The verification of the ledger
 * compares their rows with the events.
 */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

  /** The statements with their state and who decided or withdrew them. */
  private static final String TUNING_STATEMENTS =
      "SELECT workspace_id, id, model, reason, stated_by, end_reason,"
          + " coalesce(ended_as, CASE WHEN confirmed_at IS NULL THEN 'PROPOSED' ELSE 'CONFIRMED'"
          + " END) AS state, coalesce(ended_by, confirmed_by) AS decided_by FROM tuning_statement";

  @Bean
  static RecordedTable<BaseModelListed> recordedBaseModels() {
    return Projection.of(BaseModelListed.class, "base_model")
        .column("name", "model")
        .columns("model_digest", "provider", "context_window", "licence", "tunable")
        .columns("deprecated_on")
        .column("input_per_million", "inputPerMillion.amount")
        .column("cached_input_per_million", "cachedInputPerMillion.amount")
        .column("output_per_million", "outputPerMillion.amount")
        .column("currency", "inputPerMillion.currency")
        .column("price_proposal_id", "priceDecision.proposalId")
        .column("price_proposed_by", "priceDecision.proposedBy")
        .column("price_approved_by", "priceDecision.approvedBy")
        .column("price_approval_id", "priceDecision.approvalId")
        .recordedHere("name")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<PriceChangeRequested> recordedPriceProposals() {
    return Projection.of(PriceChangeRequested.class, "price_proposal")
        .column("id", "proposalId")
        .columns("model", "digest", "reason", "requester")
        .column("input_per_million", "inputPerMillion.amount")
        .column("cached_input_per_million", "cachedInputPerMillion.amount")
        .column("output_per_million", "outputPerMillion.amount")
        .column("currency", "inputPerMillion.currency")
        .recordedHere("id");
  }

  @Bean
  static RecordedTable<ModelVersionRegistered> recordedModelVersions() {
    return Projection.of(ModelVersionRegistered.class, "model_version")
        .columns("model", "version", "job_id", "artifact_digest", "author", "authors")
        .recordedHere("model", "version")
        .rows(
            "SELECT v.*, m.name AS model FROM model_version v JOIN model m"
                + " ON m.workspace_id = v.workspace_id AND m.id = v.model_id");
  }

  @Bean
  static RecordedTable<AliasMoved> recordedAliases() {
    return Projection.of(AliasMoved.class, "alias")
        .columns("model")
        .column("name", "alias")
        .column("version", "to")
        .recordedHere("model", "name")
        .lastEventDecides()
        .rows(
            "SELECT a.*, m.name AS model FROM alias a JOIN model m"
                + " ON m.workspace_id = a.workspace_id AND m.id = a.model_id");
  }

  @Bean
  static RecordedTable<TuningStated> recordedTuningStatements() {
    return Projection.of(TuningStated.class, "tuning_statement")
        .column("id", "statementId")
        .columns("model", "reason", "stated_by")
        .recordedHere("id")
        .rows(TUNING_STATEMENTS);
  }

  @Bean
  static RecordedTable<TuningStated> statesOfTuningStatements() {
    return Projection.of(TuningStated.class, "tuning_statement")
        .column("id", "statementId")
        .constant("state", "PROPOSED")
        .recordedHere("id")
        .lastEventDecides()
        .rows(TUNING_STATEMENTS);
  }

  @Bean
  static RecordedTable<TuningConfirmed> confirmedTuningStatements() {
    return Projection.of(TuningConfirmed.class, "tuning_statement")
        .column("id", "statementId")
        .constant("state", "CONFIRMED")
        .column("decided_by", "confirmedBy")
        .recordedHere("id")
        .lastEventDecides()
        .rows(TUNING_STATEMENTS);
  }

  @Bean
  static RecordedTable<TuningRejected> rejectedTuningStatements() {
    return Projection.of(TuningRejected.class, "tuning_statement")
        .column("id", "statementId")
        .constant("state", "REJECTED")
        .column("decided_by", "rejectedBy")
        .column("end_reason", "reason")
        .recordedHere("id")
        .lastEventDecides()
        .rows(TUNING_STATEMENTS);
  }

  @Bean
  static RecordedTable<TuningWithdrawn> withdrawnTuningStatements() {
    return Projection.of(TuningWithdrawn.class, "tuning_statement")
        .column("id", "statementId")
        .constant("state", "WITHDRAWN")
        .column("decided_by", "statedBy")
        .recordedHere("id")
        .lastEventDecides()
        .rows(TUNING_STATEMENTS);
  }
}
