package io.plumbline.modelregistry.catalog;

/** What a base model outputs. */
public enum ModelKind {
  /** Free text, from a provider. */
  CHAT,
  /** Vectors. */
  EMBEDDING,
  /** One of the options of the request; not a language model. */
  CHOICE,
  /** Sentences of the passages in the request; not a language model. */
  READER
}
