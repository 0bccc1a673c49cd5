package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Every decision of the gate about a version, not the newest one alone. */
@Service
public class AdmissionHistory {

  private final Admissions admissions;

  AdmissionHistory(Admissions admissions) {
    this.admissions = admissions;
  }

  /**
   * A decision.
   *
   * @param requested the purposes that were asked for
   * @param purposes those that it was admitted to
   * @param reasons why it was refused; empty when it was not
   * @param policyDigest absent when no policy was active
   */
  public record PastDecision(
      Outcome outcome,
      List<String> requested,
      List<String> purposes,
      List<String> reasons,
      @Nullable Digest policyDigest,
      String decidedBy,
      Instant decidedAt) {}

  /** Newest first, at most the latest so many. */
  public List<PastDecision> of(String dataset, int number, int most) {
    return admissions.history(dataset, number, most).stream()
        .map(each ->
            new PastDecision(
                each.outcome(),
                each.requested(),
                each.purposes(),
                each.reasons(),
                each.policyDigest(),
                each.decidedBy(),
                each.decidedAt()))
        .toList();
  }
}
