package io.plumbline.inference.retrieval;

import java.util.Arrays;
import java.util.Optional;

/** The kind of content of an index, which follows from the subset that it is built from. */
public enum IndexMode {
  /** Items of a training subset, each whole, which precede the input as examples. */
  EXAMPLES("train"),
  /** Chunks of documents, which the model answers from. */
  PASSAGES("documents");

  private final String subset;

  IndexMode(String subset) {
    this.subset = subset;
  }

  String subset() {
    return subset;
  }

  static Optional<IndexMode> of(String subset) {
    return Arrays.stream(values()).filter(mode -> mode.subset.equals(subset)).findFirst();
  }
}
