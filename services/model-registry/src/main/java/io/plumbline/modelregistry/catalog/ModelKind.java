package io.plumbline.modelregistry.catalog;

/** The kind of output of a base model. */
public enum ModelKind {
  /** A model that answers with free text, from a provider. */
  CHAT,
  /** A model that answers with vectors. */
  EMBEDDING,
  /** A model that selects one of the options of the request; not a language model. */
  CHOICE,
  /** A model that quotes sentences of the passages in the request; not a language model. */
  READER
}
