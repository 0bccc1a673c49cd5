package io.plumbline.datasetregistry;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.event.RecordedTable;
import io.plumbline.policy.PolicyTarget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tables that this service writes together with an event. The verification of the ledger
 * compares their rows with the events.
 */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

  @Bean
  static RecordedTable<DatasetVersionPublished> recordedVersions() {
    return Projection.of(DatasetVersionPublished.class, "dataset_version")
        .columns("dataset", "version_digest", "report_digest", "rows")
        .column("number", "version")
        .recordedHere("dataset", "number")
        .rows("SELECT * FROM dataset_version WHERE version_digest IS NOT NULL");
  }

  @Bean
  static RecordedTable<SplitDefined> recordedSplits() {
    return Projection.of(SplitDefined.class, "split")
        .columns("dataset", "split_digest", "leakage")
        .column("number", "version")
        .json("subsets")
        .recordedHere("split_digest")
        .rows("SELECT * FROM split WHERE split_digest IS NOT NULL");
  }

  @Bean
  static RecordedTable<PolicyActivated> recordedPolicies() {
    return Projection.of(PolicyActivated.class, "admission_policy")
        .when("target", PolicyTarget.DATASET_ADMISSION.slug())
        .columns("policy", "version", "source")
        .recordedHere("policy")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<AdmissionDecided> recordedAdmissions() {
    return Projection.of(AdmissionDecided.class, "admission")
        .columns("dataset", "outcome", "policy_digest")
        .column("number", "version")
        .json("purposes", "reasons")
        .recordedHere("dataset", "number")
        .lastEventDecides()
        .rows(
            "SELECT DISTINCT ON (workspace_id, dataset, number) * FROM admission"
                + " ORDER BY workspace_id, dataset, number, revision DESC");
  }
}
