package io.plumbline.inference.provider;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are called.
 *
 * @param allowPrivate allows providers on loopback and private networks; off unless an operator
 *     enables it
 * @param secretKeys keys that encrypt API keys at rest, each 32 bytes in Base64: the first
 *     encrypts, all decrypt; without one no API key can be stored
 * @param responseTimeout the longest time without a byte from a provider
 * @param retries further attempts after a refused connection, 429 or 503, before the first byte
 * @param maxConcurrent calls in progress to one model of a provider
 */
@ConfigurationProperties("plumbline.providers")
public record ProviderSettings(
    @DefaultValue("false") boolean allowPrivate,
    @DefaultValue List<String> secretKeys,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("60s") Duration responseTimeout,
    @DefaultValue("2") int retries,
    @DefaultValue("256") int maxConcurrent) {

  public ProviderSettings {
    secretKeys = List.copyOf(secretKeys);
  }

  /** Never with the keys. */
  @Override
  public String toString() {
    return "ProviderSettings[allowPrivate=" + allowPrivate + "]";
  }
}
