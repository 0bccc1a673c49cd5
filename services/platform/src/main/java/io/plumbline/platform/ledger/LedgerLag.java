package io.plumbline.platform.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How far the ledger is behind this service: the age of the oldest fact not shipped, or of the
 * newest signed head heard, whichever is older. A service that has just started and heard no head
 * yet counts from its start.
 */
public final class LedgerLag {

  private static final Duration OUTBOX_CHECK = Duration.ofSeconds(2);

  private record OutboxAge(Instant checked, Duration age) {}

  private final Supplier<Optional<Instant>> oldestUnsent;
  private final Clock clock;
  private final LedgerSettings settings;
  private final AtomicReference<Instant> newestHead;
  private final AtomicReference<OutboxAge> outbox =
      new AtomicReference<>(new OutboxAge(Instant.EPOCH, Duration.ZERO));

  /**
   * @param oldestUnsent when the oldest fact still in the outbox was written; empty when all are
   *     shipped
   */
  LedgerLag(Supplier<Optional<Instant>> oldestUnsent, Clock clock, LedgerSettings settings) {
    this.oldestUnsent = oldestUnsent;
    this.clock = clock;
    this.settings = settings;
    this.newestHead = new AtomicReference<>(clock.instant());
  }

  /** Called for every head heard, in any order. */
  void heard(Instant signedAt) {
    newestHead.accumulateAndGet(signedAt, (known, heard) -> heard.isAfter(known) ? heard : known);
  }

  public Duration current() {
    Duration head = Duration.between(newestHead.get(), clock.instant());
    Duration unsent = outboxAge();
    return head.compareTo(unsent) > 0 ? head : unsent;
  }

  public boolean tooFar() {
    return current().compareTo(settings.maxLag()) > 0;
  }

  private Duration outboxAge() {
    Instant now = clock.instant();
    OutboxAge known = outbox.get();
    if (Duration.between(known.checked, now).compareTo(OUTBOX_CHECK) < 0) {
      return known.age;
    }
    Duration age =
        oldestUnsent.get().map(oldest -> Duration.between(oldest, now)).orElse(Duration.ZERO);
    outbox.set(new OutboxAge(now, age));
    return age;
  }
}
