package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The history of the gate's decisions about a version. */
@Service
public class AdmissionHistory {

  private final Admissions admissions;

  AdmissionHistory(Admissions admissions) {
    this.admissions = admissions;
  }

  /**
   * A decision of the gate, the current one or an earlier one.
   *
   * @param requested the purposes that were asked for
   * @param purposes the purposes that the version was admitted to
   * @param reasons the reasons of a refusal; empty when the version was admitted
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

  /** Returns the latest decisions about a version, newest first, at most {@code most} of them. */
  public List<PastDecision> latestDecisions(String dataset, int number, int most) {
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
