package io.plumbline.datasetregistry.dataset;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The new description of a dataset. Its admissions are decided again by it. */
record UpdateDataset(
    @NotNull @Size(max = 2_000) String description,
    @NotNull @Size(max = 200) String licence,
    @NotNull @Size(max = 500) String legalBasis) {

  Dataset.Description toDescription() {
    return new Dataset.Description(description.strip(), licence.strip(), legalBasis.strip());
  }
}
