package io.plumbline.compliance.witness;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The witnesses that the ledger asks to cosign its heads.
 *
 * @param interval the pause between two requests
 * @param timeout the time for an answer
 */
@ConfigurationProperties("plumbline.witnesses")
record WitnessSettings(
    @DefaultValue("1m") Duration interval,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue List<Member> members) {

  /**
   * A witness.
   *
   * @param url the submission prefix
   * @param key the key of the witness, {@code NAME+ID+KEY}
   */
  record Member(URI url, String key) {

    public Member {
      NoteKey.parse(key);
    }
  }

  WitnessSettings {
    members = List.copyOf(members);
  }
}
