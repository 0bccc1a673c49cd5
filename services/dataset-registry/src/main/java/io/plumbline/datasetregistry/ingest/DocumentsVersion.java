package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.dataset.DatasetName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of a dataset of documents, against which the passages of questions are checked. */
public record DocumentsVersion(String dataset, int number) {

  private static final Pattern FORM = Pattern.compile("(" + DatasetName.FORM + ")/([1-9]\\d{0,8})");

  /** Parses {@code <dataset>/<version>}; returns empty for any other text. */
  public static Optional<DocumentsVersion> of(String named) {
    Matcher parts = FORM.matcher(named);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(new DocumentsVersion(parts.group(1), Integer.parseInt(parts.group(2))));
  }
}
