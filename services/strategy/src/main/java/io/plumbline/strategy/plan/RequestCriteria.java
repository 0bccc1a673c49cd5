package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request for criteria as in {@link RegisterCriteria} about which a second person decides.
 *
 * @param purpose the decisions that the criteria are for; RELEASE if absent
 * @param reason the reason for less strict criteria, or for refreshes without a person; it is shown
 *     to the second person and recorded in the ledger
 */
record RequestCriteria(
    @NotNull Digest suiteDigest,
    @Nullable @Min(1) @Max(ProposedCriteria.MAX_PLANNED_VERDICTS) Integer plannedVerdicts,
    @Nullable
        @Min(ProposedCriteria.MIN_CANDIDATES_PER_PHASE)
        @Max(ProposedCriteria.MAX_CANDIDATES_PER_PHASE)
        Integer candidatesPerPhase,
    @NotEmpty @Size(max = 20) List<RegisterCriteria.@NotNull @Valid Entry> criteria,
    @Nullable CriteriaPurpose purpose,
    @NotBlank @Size(min = 10, max = 2_000) String reason) {

  ProposedCriteria proposed() {
    return new RegisterCriteria(suiteDigest, plannedVerdicts, candidatesPerPhase, criteria, purpose)
        .proposed();
  }
}
