package io.plumbline.inference.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.Urgency;
import jakarta.annotation.PreDestroy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The encoders, opened on first use and shared by all requests. Texts of concurrent requests queue
 * for the same workers, by {@link Urgency}. A text whose vector is cached is not embedded again.
 */
@Component
public class Encoders {

  /**
   * The key of a vector: everything that the vector depends on. Workspaces share the vectors, since
   * a vector reveals nothing to a caller who has its text.
   */
  private record Key(EncoderModel encoder, int maxTokens, Digest text) {}

  private final LocalSettings settings;
  private final Cache<Key, Embedding> embeddings;
  private final Map<EncoderModel, Encoder> opened = new EnumMap<>(EncoderModel.class);

  Encoders(LocalSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.embeddings =
        Caffeine.newBuilder().maximumSize(settings.cacheEntries()).recordStats().build();
    CaffeineCacheMetrics.monitor(meters, embeddings, "embeddings");
  }

  public int defaultMaxTokens() {
    return settings.maxTokens();
  }

  public synchronized Encoder open(EncoderModel model) {
    return opened.computeIfAbsent(
        model, unopened -> Encoder.open(unopened, settings.workers(), settings.maxTokens()));
  }

  /** Embeds a text for a call that waits for it. */
  public Embedding embed(EncoderModel model, String text, int maxTokens) {
    return embed(model, List.of(text), maxTokens, Urgency.SERVING).getFirst();
  }

  /** Embeds texts; the vectors are in the order of the texts. */
  public List<Embedding> embed(
      EncoderModel model, List<String> texts, int maxTokens, Urgency urgency) {
    List<Key> keys =
        texts.stream().map(text -> new Key(model, maxTokens, Digest.ofText(text))).toList();
    Map<Key, String> byKey = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      byKey.put(keys.get(i), texts.get(i));
    }
    Map<Key, Embedding> found =
        embeddings.getAll(
            keys, missing -> encode(model, maxTokens, urgency, List.copyOf(missing), byKey));
    return keys.stream().map(found::get).map(Objects::requireNonNull).toList();
  }

  private Map<Key, Embedding> encode(
      EncoderModel model,
      int maxTokens,
      Urgency urgency,
      List<Key> missing,
      Map<Key, String> byKey) {
    List<Embedding> vectors =
        open(model)
            .encode(
                missing.stream().map(byKey::get).map(Objects::requireNonNull).toList(),
                maxTokens,
                urgency);
    Map<Key, Embedding> encoded = new HashMap<>();
    for (int i = 0; i < missing.size(); i++) {
      encoded.put(missing.get(i), vectors.get(i));
    }
    return encoded;
  }

  @PreDestroy
  synchronized void close() {
    opened.values().forEach(Encoder::close);
    opened.clear();
  }
}
