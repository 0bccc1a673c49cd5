package io.plumbline.inference.keyset;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of this installation that authenticate the ids of responses, and that users in traces
 * are hashed by.
 *
 * @param keys each 32 bytes in Base64 and the same in every replica: the first signs and hashes,
 *     all verify and are searched by
 */
@ConfigurationProperties("plumbline.responses")
public record ResponseSettings(@DefaultValue List<String> keys) {

  public ResponseSettings {
    keys = List.copyOf(keys);
  }

  /** Never with the keys. */
  @Override
  public String toString() {
    return "ResponseSettings[" + keys.size() + " keys]";
  }
}
