package io.plumbline.inference.local;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Least recently used embeddings, by encoder, token limit and the text's digest. A vector depends on nothing else, so workspaces may share
 * entries: nobody learns from one what they did not already have as text.
 */
final class EmbeddingCache {

  /** Two keys of one digest are one text, for all that SHA-256 is worth. */
  record Key(EncoderModel encoder, int maxTokens, Digest text) {}

  private final Map<Key, Embedding> entries;

  EmbeddingCache(int capacity) {
    this.entries =
        new LinkedHashMap<>(1024, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Embedding> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized Optional<Embedding> find(Key key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void keep(Key key, Embedding embedding) {
    entries.put(key, embedding);
  }
}
