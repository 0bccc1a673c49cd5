package io.plumbline.datasetregistry.admission;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decision of the gate. Admissions and refusals are both recorded. */
public sealed interface AdmissionDecision {

  /** Returns the purposes that the version may be used for. */
  List<String> admittedPurposes();

  /** Returns the reasons of a refusal; empty when the version is admitted. */
  List<String> reasons();

  @Nullable Digest policyDigest();

  /**
   * @param policyDigest the digest of the active policy; for several policies, the digest over
   *     their digests
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Admitted(
      String dataset,
      int version,
      Digest versionDigest,
      Outcome outcome,
      Set<Purpose> purposes,
      Digest policyDigest)
      implements AdmissionDecision {

    @Override
    public List<String> admittedPurposes() {
      return purposes.stream().map(Purpose::name).toList();
    }

    @Override
    public List<String> reasons() {
      return List.of();
    }
  }

  /**
   * @param policyDigest absent when no policy is active
   */
  record Refused(List<String> reasons, @Nullable Digest policyDigest) implements AdmissionDecision {

    @Override
    public List<String> admittedPurposes() {
      return List.of();
    }
  }
}
