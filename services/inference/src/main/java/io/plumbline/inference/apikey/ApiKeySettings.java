package io.plumbline.inference.apikey;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of API keys.
 *
 * @param macKeys the keys that authenticate API keys, each 32 bytes in Base64 and the same in every
 *     replica: the first makes new API keys, all verify them. Removing a key ends the API keys that
 *     it made
 * @param poll how often revocations by other replicas are read
 * @param believed how long cached API keys stay valid while revocations cannot be read
 * @param lastUse how often the last uses of keys are written
 */
@ConfigurationProperties("plumbline.api-keys")
record ApiKeySettings(
    @DefaultValue List<String> macKeys,
    @DefaultValue("250ms") Duration poll,
    @DefaultValue("2m") Duration believed,
    @DefaultValue("1m") Duration lastUse) {

  ApiKeySettings {
    macKeys = List.copyOf(macKeys);
  }

  /** Returns a text without the keys, so that no log holds them. */
  @Override
  public String toString() {
    return "ApiKeySettings[" + macKeys.size() + " keys]";
  }
}
