package io.plumbline.platform.event;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.TestKeys;
import java.time.Clock;

/** The outbox of a service called training, whose rows nobody relays. */
public final class TestOutbox {

  private TestOutbox() {}

  public static Outbox on(PlatformDatabase database) {
    return new Outbox(
        "training",
        database.sql(),
        Samples.JSON,
        Clock.systemUTC(),
        new Wakeup(),
        Traces.none(),
        TestKeys.OTHER.signer("training"));
  }
}
