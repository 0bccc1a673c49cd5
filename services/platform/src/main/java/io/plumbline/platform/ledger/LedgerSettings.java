package io.plumbline.platform.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxLag how far the ledger may be behind before governed writes stop
 */
@ConfigurationProperties("plumbline.ledger")
public record LedgerSettings(@DefaultValue("15m") Duration maxLag) {

  public LedgerSettings {
    if (!maxLag.isPositive()) {
      throw new IllegalArgumentException("plumbline.ledger.max-lag must be positive");
    }
  }
}
