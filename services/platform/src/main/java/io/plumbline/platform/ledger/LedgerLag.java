package io.plumbline.platform.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How far the ledger is behind this service: the age of the oldest event in the outbox, or of the
 * newest signed head received, whichever is older. A service that has not yet received a head
 * counts from its start.
 */
public final class LedgerLag {

  private static final Duration OUTBOX_CHECK = Duration.ofSeconds(2);

  private record OutboxAge(Instant checked, Duration age) {}

  private final Supplier<Duration> backlogAge;
  private final Clock clock;
  private final LedgerSettings settings;
  private final AtomicReference<Instant> newestHead;
  private final AtomicReference<OutboxAge> outbox =
      new AtomicReference<>(new OutboxAge(Instant.EPOCH, Duration.ZERO));

  /**
   * @param backlogAge the age of the oldest event in the outbox; zero when it is empty
   */
  LedgerLag(Supplier<Duration> backlogAge, Clock clock, LedgerSettings settings) {
    this.backlogAge = backlogAge;
    this.clock = clock;
    this.settings = settings;
    this.newestHead = new AtomicReference<>(clock.instant());
  }

  /** Called for every head received, in any order. */
  void received(Instant signedAt) {
    newestHead.accumulateAndGet(signedAt, (known, next) -> next.isAfter(known) ? next : known);
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
    Duration age = backlogAge.get();
    outbox.set(new OutboxAge(now, age));
    return age;
  }
}
