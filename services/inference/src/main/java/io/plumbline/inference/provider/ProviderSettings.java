package io.plumbline.inference.provider;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are called.
 *
 * @param allowedHosts names of hosts that may be called though they resolve to private addresses
 * @param allowedNetworks private addresses, and networks of them, that may be called
 * @param secretKeys keys that encrypt API keys at rest, each 32 bytes in Base64: the first
 *     encrypts, all decrypt; without one no API key can be stored
 * @param idleTimeout the longest time without a line of a stream, after its first; until then a
 *     model thinks, as long as its connection says
 * @param retries further attempts after a refused connection, 429 or 503, before the first byte
 * @param maxConcurrent calls in progress to one model of a provider
 * @param slowShare the share of a connection's deadline from which on an answer, or the start of a
 *     streamed one, is slow; with 1 none is that arrives at all
 * @param trustedCertificates path of a file in PEM with certificates of authorities that are
 *     trusted beside those of the Java runtime; empty for none
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
    @DefaultValue("0.8") double slowShare,
    @DefaultValue("") String trustedCertificates) {

  static final String TRUSTED_CERTIFICATES = "plumbline.providers.trusted-certificates";

  public ProviderSettings {
    if (!(slowShare > 0 && slowShare <= 1)) {
      throw new IllegalArgumentException(
          "plumbline.providers.slow-share must be more than 0 and at most 1, not " + slowShare);
    }
    allowedHosts = List.copyOf(allowedHosts);
    allowedNetworks = List.copyOf(allowedNetworks);
    secretKeys = List.copyOf(secretKeys);
  }

  /** A model whose answers all take so long is as good as down. */
  Duration slow(Endpoint endpoint) {
    return Duration.ofNanos((long) (endpoint.deadline().toNanos() * slowShare));
  }

  /** Never with the keys. */
  @Override
  public String toString() {
    return "ProviderSettings[allowedHosts=%s, allowedNetworks=%s]"
        .formatted(allowedHosts, allowedNetworks);
  }
}
