package io.plumbline.datasetregistry.admission;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decision of the gate; it is recorded either way. */
public sealed interface Decision {

  /**
   * @param policyDigest of the active policy; of several, the digest over their digests
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Admitted(
      String dataset,
      int version,
      Digest versionDigest,
      Outcome outcome,
      Set<Purpose> purposes,
      Digest policyDigest)
      implements Decision {}

  /**
   * @param policyDigest absent when no policy is active
   */
  record Refused(List<String> reasons, @Nullable Digest policyDigest) implements Decision {}
}
