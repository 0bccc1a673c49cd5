package io.plumbline.evaluation.gate;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.evaluation.projection.SplitProjection;
import io.plumbline.evaluation.projection.SplitProjection.Admission;
import io.plumbline.evaluation.projection.SplitProjection.Split;
import io.plumbline.platform.gate.EvidenceAnswer.Incomplete;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.platform.job.JobPostponed;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the evidence for a run on test items to the end: the criteria of its application, its
 * subject, and the admission of the dataset that the items are from.
 */
@Component
public class RunGate {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * A run on test items.
   *
   * @param subject the digest of the variant, or of the name of a bare model
   * @param split the digest of the split that the items are from
   */
  public record Gated(String application, Digest subject, Digest split) {}

  private final GateEvidence evidence;
  private final SplitProjection splits;
  private final TransactionTemplate transaction;

  RunGate(GateEvidence evidence, SplitProjection splits, PlatformTransactionManager transactions) {
    this.evidence = evidence;
    this.splits = splits;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Waits until the evidence of a requested run is complete, and then decides, in a transaction.
   *
   * @param run gives the run in a transaction; empty for one that is not on test items
   * @throws Problem when the evidence is incomplete, or the items are no longer admitted
   */
  public <T> T decide(Supplier<Optional<Gated>> run, Supplier<T> decision) {
    Optional<Gated> gated = read(run);
    gated.ifPresent(each -> evidence.requireComplete(() -> question(each)));
    gated
        .flatMap(this::findRefused)
        .ifPresent(refused -> {
          throw new Problem(
                  CommonProblem.CONFLICT,
                  ("The items of the suite are from %s, which is no longer admitted to EVALUATE."
                          + " Have it admitted again.")
                      .formatted(refused))
              .missing(List.of("admission of the dataset version to EVALUATE"));
        });
    return Objects.requireNonNull(transaction.execute(status -> decision.get()));
  }

  /**
   * Requires that a run may start now. One that may not keeps its place and holds no worker.
   *
   * @param gating gives the run in a transaction
   * @throws JobPostponed when its evidence is incomplete, or its items are no longer admitted
   */
  public void requireStartable(UUID id, Supplier<Gated> gating) {
    Gated run = Objects.requireNonNull(transaction.execute(status -> gating.get()));
    if (evidence.answer(id, () -> question(run)) instanceof Incomplete closed) {
      throw new JobPostponed(closed.pause(), String.valueOf(closed.problem().getMessage()));
    }
    findRefused(run)
        .ifPresent(refused -> {
          throw new JobPostponed(
              PAUSE, "Waits to start: %s is no longer admitted to EVALUATE.".formatted(refused));
        });
  }

  /** Returns whose admission a run lacks now; what is not known has none. */
  private Optional<String> findRefused(Gated run) {
    return read(() -> {
      Optional<Split> split = splits.find(run.split());
      if (split.filter(this::isAdmitted).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(
          split
              .map(each -> "version %d of dataset %s".formatted(each.version(), each.dataset()))
              .orElseGet(() -> "split " + run.split()));
    });
  }

  private boolean isAdmitted(Split split) {
    return splits
        .findAdmission(split.versionDigest())
        .filter(Admission::allowsEvaluation)
        .isPresent();
  }

  private <T> Optional<T> read(Supplier<Optional<T>> reading) {
    return Objects.requireNonNull(transaction.execute(status -> reading.get()));
  }

  private EvidenceQuestion question(Gated run) {
    Optional<Digest> version = read(() -> splits.find(run.split()).map(Split::versionDigest));
    return EvidenceQuestion.dependingOn(
            CriteriaRegistered.class, each -> each.application().equals(run.application()))
        .and(ApplicationRegistered.class, each -> each.application().equals(run.application()))
        .and(SplitDefined.class, each -> each.splitDigest().equals(run.split()))
        .and(VariantCreated.class, each -> each.variantDigest().equals(run.subject()))
        .and(
            AdmissionDecided.class,
            each -> version.isEmpty() || each.versionDigest().equals(version.get()));
  }
}
