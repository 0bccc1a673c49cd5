package io.plumbline.strategy;

import io.plumbline.contracts.Phase;
import java.util.Optional;

/** The approaches to improve an application, simplest first. */
public enum Approach {
  PROMPT_ENGINEERING,
  RAG,
  FINE_TUNING,
  HYBRID;

  /** Returns the phase for which variants of this approach are evidence; empty for a hybrid. */
  public Optional<Phase> phase() {
    return switch (this) {
      case PROMPT_ENGINEERING -> Optional.of(Phase.PROMPT);
      case RAG -> Optional.of(Phase.RETRIEVAL);
      case FINE_TUNING -> Optional.of(Phase.FINE_TUNING);
      case HYBRID -> Optional.empty();
    };
  }

  /** Returns the name that texts use, in lower case. */
  public String displayName() {
    return switch (this) {
      case PROMPT_ENGINEERING -> "prompting";
      case RAG -> "retrieval";
      case FINE_TUNING -> "fine-tuning";
      case HYBRID -> "retrieval with fine-tuning";
    };
  }

  public boolean usesRetrieval() {
    return this == RAG || this == HYBRID;
  }
}
