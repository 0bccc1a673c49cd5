package io.plumbline.inference.provider;

import io.plumbline.inference.provider.proxy.ProxySettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for calls of providers.
 *
 * @param allowedHosts the names of hosts that may be called although they resolve to private
 *     addresses
 * @param allowedNetworks the private addresses, and networks of them, that may be called
 * @param secretKeys the keys that encrypt API keys at rest, each 32 bytes in Base64: the first
 *     encrypts, all decrypt; without a key no API key can be stored
 * @param idleTimeout the maximum time between two lines of a stream; before the first line a model
 *     may think until the deadline of its connection
 * @param retries the number of further attempts after a refused connection, 429 or 503, before the
 *     first byte
 * @param maxConcurrent the maximum number of concurrent calls of one model of a provider
 * @param slowFactor how many times as long as most of a model's recent answers, or starts of
 *     streamed ones, a slow one takes
 * @param trustedCertificates the path of a file in PEM with certificates of authorities that are
 *     trusted in addition to those of the Java runtime; empty for none
 * @param proxy the proxy through which providers are called; absent to call all directly
 */
@ConfigurationProperties("plumbline.providers")
public record ProviderSettings(
    @DefaultValue List<String> allowedHosts,
    @DefaultValue List<String> allowedNetworks,
    @DefaultValue List<String> secretKeys,
    @DefaultValue("3s") Duration connectTimeout,
    @DefaultValue("120s") Duration idleTimeout,
    @DefaultValue("2") int retries,
    @DefaultValue("256") int maxConcurrent,
    @DefaultValue("10") double slowFactor,
    @DefaultValue("") String trustedCertificates,
    @Nullable ProxySettings proxy) {

  static final String TRUSTED_CERTIFICATES = "plumbline.providers.trusted-certificates";

  public ProviderSettings {
    if (!(slowFactor > 1)) {
      throw new IllegalArgumentException(
          "plumbline.providers.slow-factor must be more than 1, not " + slowFactor);
    }
    allowedHosts = List.copyOf(allowedHosts);
    allowedNetworks = List.copyOf(allowedNetworks);
    secretKeys = List.copyOf(secretKeys);
  }

  /** Returns a text without the keys, so that no log contains them. */
  @Override
  public String toString() {
    return "ProviderSettings[allowedHosts=%s, allowedNetworks=%s, proxy=%s]"
        .formatted(allowedHosts, allowedNetworks, proxy);
  }
}
