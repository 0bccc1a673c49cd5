package io.plumbline.inference.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import jakarta.annotation.PreDestroy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The encoders, opened when first asked and shared by all requests: texts of concurrent requests
 * queue for the same workers, and a text that was embedded before is not embedded again.
 */
@Component
public class Encoders {

  /**
   * All that a vector depends on, so workspaces may share it: nobody learns from one what they did
   * not already have as text. Two texts of one digest are one text, for all that SHA-256 is worth.
   */
  private record Key(EncoderModel encoder, int maxTokens, Digest text) {}

  private final LocalSettings settings;
  private final Cache<Key, Embedding> known;
  private final Map<EncoderModel, Encoder> opened = new EnumMap<>(EncoderModel.class);

  Encoders(LocalSettings settings) {
    this.settings = settings;
    this.known = Caffeine.newBuilder().maximumSize(settings.cacheEntries()).build();
  }

  public int defaultMaxTokens() {
    return settings.maxTokens();
  }

  public synchronized Encoder open(EncoderModel model) {
    return opened.computeIfAbsent(
        model, unopened -> Encoder.open(unopened, settings.workers(), settings.maxTokens()));
  }

  public Embedding embed(EncoderModel model, String text, int maxTokens) {
    return embed(model, List.of(text), maxTokens).getFirst();
  }

  /** In the order of the texts. */
  public List<Embedding> embed(EncoderModel model, List<String> texts, int maxTokens) {
    List<Key> keys =
        texts.stream().map(text -> new Key(model, maxTokens, Digest.ofText(text))).toList();
    Map<Key, String> asked = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      asked.put(keys.get(i), texts.get(i));
    }
    Map<Key, Embedding> embeddings =
        known.getAll(keys, missing -> encode(model, maxTokens, List.copyOf(missing), asked));
    return keys.stream().map(embeddings::get).map(Objects::requireNonNull).toList();
  }

  private Map<Key, Embedding> encode(
      EncoderModel model, int maxTokens, List<Key> missing, Map<Key, String> asked) {
    List<Embedding> embeddings =
        open(model)
            .encode(
                missing.stream().map(asked::get).map(Objects::requireNonNull).toList(), maxTokens);
    Map<Key, Embedding> encoded = new HashMap<>();
    for (int i = 0; i < missing.size(); i++) {
      encoded.put(missing.get(i), embeddings.get(i));
    }
    return encoded;
  }

  @PreDestroy
  synchronized void close() {
    opened.values().forEach(Encoder::close);
    opened.clear();
  }
}
