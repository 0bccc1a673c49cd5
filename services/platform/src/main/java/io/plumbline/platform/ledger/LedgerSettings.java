package io.plumbline.platform.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for following the ledger.
 *
 * @param maxLag the lag of the ledger beyond which governed writes stop
 * @param publicKeys the public keys that are trusted for heads, X.509 in Base64
 * @param publicKeyFile a file with such a key, which may appear after the start
 * @param acceptSmallerLog whether to forget at the start which heads were received; for the first
 *     start after a loss that is on record
 */
@ConfigurationProperties("plumbline.ledger")
public record LedgerSettings(
    @DefaultValue("15m") Duration maxLag,
    @DefaultValue List<String> publicKeys,
    @Nullable Path publicKeyFile,
    @DefaultValue("false") boolean acceptSmallerLog) {

  public LedgerSettings {
    if (!maxLag.isPositive()) {
      throw new IllegalArgumentException("plumbline.ledger.max-lag must be positive");
    }
    publicKeys = List.copyOf(publicKeys);
  }
}
