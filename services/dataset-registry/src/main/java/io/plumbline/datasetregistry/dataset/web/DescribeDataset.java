package io.plumbline.datasetregistry.dataset.web;

import io.plumbline.datasetregistry.dataset.Dataset;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What is to be said of a dataset from now on; admissions decided before stay as they are. */
record DescribeDataset(
    @NotNull @Size(max = 2_000) String description,
    @NotNull @Size(max = 200) String licence,
    @NotNull @Size(max = 500) String legalBasis) {

  Dataset.Description described() {
    return new Dataset.Description(description.strip(), licence.strip(), legalBasis.strip());
  }
}
