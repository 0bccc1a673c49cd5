package io.plumbline.training.job;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.platform.gate.EvidenceAnswer;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.training.projection.DatasetProjection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks whether the evidence for a training has been read to the end: the phases of its application,
 * its base model, its split, and the admission of the dataset version.
 */
@Component
public class TrainingEvidence {

  private final GateEvidence evidence;
  private final DatasetProjection datasets;
  private final TransactionTemplate transaction;

  TrainingEvidence(
      GateEvidence evidence, DatasetProjection datasets, PlatformTransactionManager transactions) {
    this.evidence = evidence;
    this.datasets = datasets;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Waits before a request is decided until its evidence is complete.
   *
   * @throws io.plumbline.platform.problem.Problem when the evidence is incomplete
   */
  public void requireComplete(TrainingSpec spec) {
    evidence.requireComplete(() -> question(spec));
  }

  /** Returns at once whether the evidence for the start of a job is complete. */
  EvidenceAnswer answer(UUID job, TrainingSpec spec) {
    return evidence.answer(job, () -> question(spec));
  }

  private EvidenceQuestion question(TrainingSpec spec) {
    Digest split = spec.splitDigest();
    Optional<Digest> version =
        Objects.requireNonNull(
            transaction.execute(
                status -> datasets.split(split).map(DatasetProjection.Split::versionDigest)));
    return EvidenceQuestion.dependingOn(
            ApplicationRegistered.class, each -> each.application().equals(spec.application()))
        .and(PhaseChanged.class, each -> each.application().equals(spec.application()))
        .and(BaseModelListed.class, each -> each.model().equals(spec.baseModel()))
        .and(SplitDefined.class, each -> each.splitDigest().equals(split))
        .and(
            AdmissionDecided.class,
            each -> version.isEmpty() || each.versionDigest().equals(version.get()));
  }
}
