package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision about the admission of a version. It holds until the next decision replaces it.
 *
 * @param revision how many decisions about the version came before this one
 * @param requested the purposes that were asked for, whether they are admitted or not
 */
record Admission(
    String dataset,
    int number,
    int revision,
    Outcome outcome,
    List<String> requested,
    List<String> purposes,
    List<String> reasons,
    @Nullable Digest policyDigest,
    String decidedBy,
    Instant decidedAt) {

  /** Returns whether a decision has the same purposes, reasons and policies as this one. */
  boolean matches(AdmissionDecision admissionDecision) {
    return purposes.equals(admissionDecision.admittedPurposes())
        && reasons.equals(admissionDecision.reasons())
        && Objects.equals(policyDigest, admissionDecision.policyDigest());
  }
}
