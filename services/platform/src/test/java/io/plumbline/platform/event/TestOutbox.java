package io.plumbline.platform.event;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.TestKeys;
import java.time.Clock;
import java.util.UUID;

/** The outbox of a service named training, whose rows nobody relays. */
public final class TestOutbox {

  private TestOutbox() {}

  /** Returns the exception for an event that exceeds the limit by a number of bytes. */
  public static EventTooLarge tooLarge(int excess) {
    return new EventTooLarge(
        Samples.registered(new UUID(0, 3), "mails", Samples.ACME), Outbox.MAX_BYTES + excess);
  }

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
