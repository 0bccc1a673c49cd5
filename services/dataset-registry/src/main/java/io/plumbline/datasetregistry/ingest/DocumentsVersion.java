package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.dataset.DatasetName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of documents, which questions are held against. */
public record DocumentsVersion(String dataset, int number) {

  private static final Pattern FORM = Pattern.compile("(" + DatasetName.FORM + ")/([1-9]\\d{0,8})");

  /** From {@code <dataset>/<version>}; empty when it is something else. */
  public static Optional<DocumentsVersion> of(String named) {
    Matcher parts = FORM.matcher(named);
    return parts.matches()
        ? Optional.of(new DocumentsVersion(parts.group(1), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }
}
