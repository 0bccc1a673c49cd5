package io.plumbline.inference.provider;

import java.time.Duration;
import java.util.List;
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
 * @param slowShare the share of a connection's deadline after which an answer, or the start of a
 *     streamed one, is slow; with 1 no answer that arrives is slow
 * @param trustedCertificates the path of a file in PEM with certificates of authorities that are
 *     trusted in addition to those of the Java runtime; empty for none
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

  /** Returns the time after which an answer is slow. A model that is always slow counts as down. */
  Duration slowCallThreshold(Endpoint endpoint) {
    return Duration.ofNanos((long) (endpoint.deadline().toNanos() * slowShare));
  }

  /** Returns a text without the keys, so that no log contains them. */
  @Override
  public String toString() {
    return "ProviderSettings[allowedHosts=%s, allowedNetworks=%s]"
        .formatted(allowedHosts, allowedNetworks);
  }
}
