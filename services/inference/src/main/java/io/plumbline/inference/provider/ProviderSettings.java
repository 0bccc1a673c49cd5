package io.plumbline.inference.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How endpoints outside are called.
 *
 * @param allowPrivate lets providers live on loopback and private networks; off unless an operator
 *     says so
 * @param secretKey 32 bytes, Base64: encrypts api keys at rest; without it no api key can be stored
 * @param responseTimeout the longest silence of a provider
 * @param retries further attempts after 429, 5xx or a broken connection, before the first byte
 */
@ConfigurationProperties("plumbline.providers")
public record ProviderSettings(
    @DefaultValue("false") boolean allowPrivate,
    @Nullable String secretKey,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("60s") Duration responseTimeout,
    @DefaultValue("2") int retries) {

  /** Never with the key. */
  @Override
  public String toString() {
    return "ProviderSettings[allowPrivate=" + allowPrivate + "]";
  }
}
