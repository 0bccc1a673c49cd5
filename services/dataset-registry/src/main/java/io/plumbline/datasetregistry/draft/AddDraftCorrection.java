package io.plumbline.datasetregistry.draft;

import io.plumbline.datasetregistry.draft.AddDraftItem.NewExpected;
import io.plumbline.datasetregistry.item.RowCorrection;
import io.plumbline.platform.identity.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A correction of what a row expects.
 *
 * @param version the version that has the row
 * @param expected all expectations of the row, in place of the present ones
 * @param runId the evaluation run whose answer showed the mistake; kept as it was sent
 */
record AddDraftCorrection(
    @Min(1) int version,
    @NotBlank @Size(max = 50) String itemId,
    @Valid @NotNull NewExpected expected,
    @Nullable UUID runId) {

  RowCorrection byCaller() {
    return new RowCorrection(version, itemId, Caller.current().actor(), runId);
  }
}
