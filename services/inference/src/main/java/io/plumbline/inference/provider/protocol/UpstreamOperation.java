package io.plumbline.inference.provider.protocol;

/** What a provider is asked for. */
public enum UpstreamOperation {
  CHAT,
  EMBEDDINGS
}
