package io.plumbline.strategy;

/** What an application can be improved by, simplest first. */
public enum Approach {
  PROMPT_ENGINEERING,
  RAG,
  FINE_TUNING,
  HYBRID
}
