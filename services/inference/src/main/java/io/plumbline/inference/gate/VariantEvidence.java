package io.plumbline.inference.gate;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.inference.refresh.RefreshService;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.gate.EvidenceAnswer;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.policy.PolicyTarget;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks whether the evidence about a variant has been read to the end: verdicts on it, the criteria
 * and the criticality of its application, the policies of releases, and the admission of its
 * documents.
 */
@Component
public class VariantEvidence {

  private final GateEvidence evidence;
  private final VariantCatalog variants;
  private final RefreshService refreshes;
  private final TransactionTemplate transaction;

  VariantEvidence(
      GateEvidence evidence,
      VariantCatalog variants,
      RefreshService refreshes,
      PlatformTransactionManager transactions) {
    this.evidence = evidence;
    this.variants = variants;
    this.refreshes = refreshes;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Waits before a request is decided until the evidence about its variant is complete. An unknown
   * variant needs none, since its request is refused.
   *
   * @throws io.plumbline.platform.problem.Problem when the evidence is incomplete
   */
  public void requireComplete(Digest variant) {
    find(variant).ifPresent(known -> evidence.requireComplete(() -> question(known)));
  }

  /**
   * Returns at once whether the evidence for the start of a release is complete.
   *
   * @param release the id of the release, under which the ends of the topics are remembered
   */
  public EvidenceAnswer answer(UUID release, Digest variant) {
    return find(variant)
        .map(known -> evidence.answer(release, () -> question(known)))
        .orElseGet(EvidenceAnswer.Complete::new);
  }

  private Optional<Variant> find(Digest digest) {
    return Objects.requireNonNull(transaction.execute(status -> variants.get(digest)));
  }

  private EvidenceQuestion question(Variant variant) {
    String application = variant.application();
    EvidenceQuestion question =
        EvidenceQuestion.dependingOn(
                VerdictIssued.class,
                verdict ->
                    verdict.application().equals(application)
                        && verdict.subjectDigest().equals(variant.digest()))
            .and(CriteriaRegistered.class, each -> each.application().equals(application))
            .and(ApplicationRegistered.class, each -> each.application().equals(application))
            .and(PolicyActivated.class, each -> each.target().equals(PolicyTarget.RELEASE.slug()));
    // What a model of this platform was trained on may itself not be known yet.
    boolean isAnyDataset = variant.models().stream().anyMatch(model -> model.connection() == null);
    Digest index = variant.index();
    if (index == null) {
      return isAnyDataset ? question.and(AdmissionDecided.class, admission -> true) : question;
    }
    Optional<String> dataset = isAnyDataset ? Optional.empty() : findDataset(index);
    return question.and(
        AdmissionDecided.class,
        admission -> dataset.isEmpty() || admission.dataset().equals(dataset.get()));
  }

  private Optional<String> findDataset(Digest index) {
    return Objects.requireNonNull(transaction.execute(status -> refreshes.dataset(index)));
  }
}
