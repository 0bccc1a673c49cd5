package io.plumbline.platform.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds the event that the current thread handles. Events that are recorded meanwhile name it as
 * their cause.
 */
final class Causation {

  private static final ScopedValue<UUID> CURRENT = ScopedValue.newInstance();

  private Causation() {}

  static @Nullable UUID current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  static void runCausedBy(UUID event, Runnable work) {
    ScopedValue.where(CURRENT, event).run(work);
  }
}
