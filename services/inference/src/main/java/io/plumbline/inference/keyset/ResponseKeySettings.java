package io.plumbline.inference.keyset;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of this installation that authenticate the ids of responses and hash the users in
 * traces.
 *
 * @param keys the keys, each 32 bytes in Base64 and the same in every replica: the first signs and
 *     hashes; all verify, and searches try the hashes under all
 */
@ConfigurationProperties("plumbline.responses")
public record ResponseKeySettings(@DefaultValue List<String> keys) {

  public ResponseKeySettings {
    keys = List.copyOf(keys);
  }

  /** Returns a text without the keys, so that no log holds them. */
  @Override
  public String toString() {
    return "ResponseKeySettings[" + keys.size() + " keys]";
  }
}
