package io.plumbline.inference.release;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The ids of responses.
 *
 * @param keys that authenticate them, each 32 bytes in Base64 and the same in every replica: the
 *     first signs, all verify
 */
@ConfigurationProperties("plumbline.responses")
record ResponseSettings(@DefaultValue List<String> keys) {

  ResponseSettings {
    keys = List.copyOf(keys);
  }

  /** Never with the keys. */
  @Override
  public String toString() {
    return "ResponseSettings[" + keys.size() + " keys]";
  }
}
