package io.plumbline.inference.local;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import jakarta.annotation.PreDestroy;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The encoders, opened when first asked and shared by all requests: texts of concurrent requests queue for the same workers, and a text
 * that was embedded before is not embedded again.
 */
@Component
public class Encoders {

  private final LocalSettings settings;
  private final EmbeddingCache cache;
  private final Map<EncoderModel, Encoder> opened = new EnumMap<>(EncoderModel.class);

  Encoders(LocalSettings settings) {
    this.settings = settings;
    this.cache = new EmbeddingCache(settings.cacheEntries());
  }

  public int defaultMaxTokens() {
    return settings.maxTokens();
  }

  public synchronized Encoder open(EncoderModel model) {
    return opened.computeIfAbsent(model, unopened -> Encoder.open(unopened, settings.workers(), settings.maxTokens()));
  }

  public Embedding embed(EncoderModel model, String text, int maxTokens) {
    return embed(model, List.of(text), maxTokens).getFirst();
  }

  /** In the order of the texts. */
  public List<Embedding> embed(EncoderModel model, List<String> texts, int maxTokens) {
    Map<String, Embedding> found = new LinkedHashMap<>();
    Map<String, EmbeddingCache.Key> missing = new LinkedHashMap<>();
    for (String text : texts) {
      EmbeddingCache.Key key = new EmbeddingCache.Key(model, maxTokens, Digest.ofText(text));
      cache.find(key).ifPresentOrElse(embedding -> found.put(text, embedding), () -> missing.put(text, key));
    }
    if (!missing.isEmpty()) {
      List<String> unread = List.copyOf(missing.keySet());
      List<Embedding> embeddings = open(model).encode(unread, maxTokens);
      for (int i = 0; i < unread.size(); i++) {
        String text = unread.get(i);
        found.put(text, embeddings.get(i));
        cache.keep(Objects.requireNonNull(missing.get(text)), embeddings.get(i));
      }
    }
    return texts.stream().map(found::get).map(Objects::requireNonNull).toList();
  }

  @PreDestroy
  synchronized void close() {
    opened.values().forEach(Encoder::close);
    opened.clear();
  }
}
