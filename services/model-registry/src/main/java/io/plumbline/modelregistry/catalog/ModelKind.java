package io.plumbline.modelregistry.catalog;

/** What a base model answers. */
public enum ModelKind {
  /** Free text, from a provider. */
  CHAT,
  /** Vectors. */
  EMBEDDING,
  /** One of the options of the request; no language model. */
  CHOICE
}
