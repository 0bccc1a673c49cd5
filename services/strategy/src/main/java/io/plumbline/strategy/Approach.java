package io.plumbline.strategy;

import io.plumbline.contracts.Phase;

/** The approaches to improve an application, simplest first. */
public enum Approach {
  PROMPT_ENGINEERING,
  RAG,
  FINE_TUNING,
  HYBRID;

  /** Returns the phase for which variants of this approach are evidence. */
  public Phase phase() {
    return switch (this) {
      case PROMPT_ENGINEERING -> Phase.PROMPT;
      case RAG -> Phase.RETRIEVAL;
      case FINE_TUNING -> Phase.FINE_TUNING;
      case HYBRID -> Phase.HYBRID;
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
