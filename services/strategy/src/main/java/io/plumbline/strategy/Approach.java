package io.plumbline.strategy;

/** The approaches to improve an application, simplest first. */
public enum Approach {
  PROMPT_ENGINEERING,
  RAG,
  FINE_TUNING,
  HYBRID
}
