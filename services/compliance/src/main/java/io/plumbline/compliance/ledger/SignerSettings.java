package io.plumbline.compliance.ledger;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The signer of heads in a process of its own.
 *
 * @param url its address; absent if heads are signed in this process
 * @param secret what this service shows it
 * @param timeout the time for an answer
 */
@ConfigurationProperties("plumbline.ledger.signer")
public record SignerSettings(
    @Nullable URI url, @Nullable String secret, @DefaultValue("5s") Duration timeout) {

  public SignerSettings {
    if (url != null && (secret == null || secret.isBlank())) {
      throw new IllegalArgumentException(
          "plumbline.ledger.signer.secret must be set together with plumbline.ledger.signer.url");
    }
  }
}
