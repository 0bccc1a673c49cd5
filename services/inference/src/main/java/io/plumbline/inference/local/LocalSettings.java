package io.plumbline.inference.local;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the models in this process.
 *
 * @param threads the workers per encoder; 0 for one per processor
 * @param maxTokens how many tokens of a text are read by default; part of a choice model's digest
 * @param cacheEntries the number of embeddings that are kept in memory, 1.6 kB each
 */
@ConfigurationProperties("plumbline.local-models")
public record LocalSettings(
    @DefaultValue("0") int threads,
    @DefaultValue("512") int maxTokens,
    @DefaultValue("16000") int cacheEntries) {

  int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
