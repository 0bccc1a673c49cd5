package io.plumbline.evaluation;

import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.CanaryCompared;
import io.plumbline.contracts.EvaluationEvent.RunStarted;
import io.plumbline.contracts.EvaluationEvent.SuiteOpened;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
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

  @Bean
  static RecordedTable<VerdictIssued> recordedVerdicts() {
    return Projection.of(VerdictIssued.class, "verdict")
        .column("id", "verdictId")
        .columns("kind", "application", "sequence", "phase", "subject_digest", "criteria_digest")
        .columns("criteria_version", "suite_digest", "run_id", "release_id", "outcome")
        .columns("compared_with", "repriced_verdict_id")
        .recordedHere("id");
  }

  @Bean
  static RecordedTable<CanaryCompared> recordedComparisonsOfCanaries() {
    return Projection.of(CanaryCompared.class, "canary_comparison")
        .columns("release_id", "control_variant_digest", "answers", "planned_answers")
        .recordedHere("release_id", "control_variant_digest");
  }

  @Bean
  static RecordedTable<BaselineRecorded> recordedBaselines() {
    return Projection.of(BaselineRecorded.class, "baseline")
        .columns("application", "phase", "run_id")
        .recordedHere("run_id");
  }

  @Bean
  static RecordedTable<RunStarted> recordedRuns() {
    return Projection.of(RunStarted.class, "run")
        .column("id", "runId")
        .columns("application", "suite_digest", "subject_digest", "model", "seed")
        .column("total", "items")
        .recordedHere("id");
  }

  @Bean
  static RecordedTable<SuiteOpened> recordedOpenings() {
    return Projection.of(SuiteOpened.class, "suite_opening")
        .columns("suite_digest", "reason")
        .recordedHere("suite_digest");
  }

  @Bean
  static RecordedTable<SuitePublished> recordedSuites() {
    return Projection.of(SuitePublished.class, "suite")
        .columns("suite_digest", "version")
        .column("name", "suite")
        .recordedHere("suite_digest");
  }
}
