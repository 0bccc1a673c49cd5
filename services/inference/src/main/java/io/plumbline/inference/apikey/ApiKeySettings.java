package io.plumbline.inference.apikey;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * API keys.
 *
 * @param macKeys that authenticate them, each 32 bytes in Base64 and the same in every replica: the
 *     first makes new ones, all verify. One that is removed ends the API keys that it made
 * @param poll how often revocations by other replicas are read
 * @param believed for how long API keys that are remembered go on while revocations cannot be read
 * @param lastUse how often it is written when keys were last used
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

  /** Never with the keys. */
  @Override
  public String toString() {
    return "ApiKeySettings[" + macKeys.size() + " keys]";
  }
}
