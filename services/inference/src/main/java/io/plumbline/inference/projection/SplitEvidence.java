package io.plumbline.inference.projection;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.gate.EvidenceAnswer.Incomplete;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.platform.job.JobPostponed;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the admission of a split's dataset to the end before its rows are indexed. */
@Component
public class SplitEvidence {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final GateEvidence evidence;
  private final SplitProjection splits;
  private final TransactionTemplate transaction;

  SplitEvidence(
      GateEvidence evidence, SplitProjection splits, PlatformTransactionManager transactions) {
    this.evidence = evidence;
    this.splits = splits;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Waits before a request is decided until the evidence about its split is complete.
   *
   * @throws io.plumbline.platform.problem.Problem when the evidence is incomplete
   */
  public void requireComplete(Digest split) {
    evidence.requireComplete(() -> question(split));
  }

  /**
   * Requires that work on a split may start. Work that may not start keeps its place and holds no
   * worker.
   *
   * @param work the id of the work, under which the ends of the topics are remembered
   * @throws JobPostponed when the evidence is incomplete, the split is not known, or its dataset is
   *     no longer admitted
   */
  public void requireStillAdmitted(UUID work, Digest digest, String purpose) {
    if (evidence.answer(work, () -> question(digest)) instanceof Incomplete closed) {
      throw new JobPostponed(closed.pause(), String.valueOf(closed.problem().getMessage()));
    }
    Split split =
        find(digest)
            .orElseThrow(() ->
                new JobPostponed(
                    PAUSE,
                    "Waits to start: the event of split %s has not arrived.".formatted(digest)));
    if (!split.purposes().contains(purpose)) {
      throw new JobPostponed(
          PAUSE,
          "Waits to start: version %d of dataset %s is no longer admitted to %s."
              .formatted(split.version(), split.dataset(), purpose));
    }
  }

  private Optional<Split> find(Digest split) {
    return Objects.requireNonNull(transaction.execute(status -> splits.findSplit(split)));
  }

  private EvidenceQuestion question(Digest digest) {
    Optional<Split> split = find(digest);
    return EvidenceQuestion.dependingOn(
            SplitDefined.class, each -> each.splitDigest().equals(digest))
        .and(
            AdmissionDecided.class,
            each -> split.isEmpty() || each.dataset().equals(split.get().dataset()));
  }
}
