package io.plumbline.datasetregistry.dataset;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Datasets for tests of other modules. */
public final class SampleDatasets {

  private SampleDatasets() {}

  /** Returns a dataset with texts in {@code body} and the labels ham and spam in {@code label}. */
  public static Dataset of(DatasetKind kind, String licence, String legalBasis) {
    return new Dataset(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "mails",
        kind,
        new Dataset.Description("", licence, legalBasis),
        switch (kind) {
          case CLASSIFICATION -> new Dataset.Columns("body", "label", List.of("ham", "spam"));
          case CHAT, QUESTION_ANSWER, PREFERENCE, DOCUMENTS -> Dataset.Columns.NONE;
        },
        "ada",
        Instant.EPOCH);
  }
}
