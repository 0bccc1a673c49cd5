package io.plumbline.inference.provider.protocol;

/** The operation that is requested of a provider. */
public enum UpstreamOperation {
  CHAT,
  EMBEDDINGS
}
