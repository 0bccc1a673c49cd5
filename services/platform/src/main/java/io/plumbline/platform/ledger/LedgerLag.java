package io.plumbline.platform.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the ledger is behind this service: the age of the oldest event in the outbox, or the time
 * since the newest signed head was received, whichever is longer. Time is what passes in this
 * process: no clock, neither the ledger's nor the own one, can shorten or lengthen it. A service
 * that has not yet received a head counts from its start, or from the last one that it had received
 * before.
 */
public final class LedgerLag {

  private static final Duration OUTBOX_CHECK = Duration.ofSeconds(2);

  private record OutboxAge(long checked, Duration age) {}

  private final Supplier<Duration> backlogAge;
  private final LongSupplier nanos;
  private final LedgerSettings settings;
  private final AtomicLong newestHead;
  private final AtomicReference<@Nullable OutboxAge> outbox = new AtomicReference<>();

  /**
   * @param backlogAge the age of the oldest event in the outbox; zero when it is empty
   * @param nanos as {@link System#nanoTime}
   */
  LedgerLag(Supplier<Duration> backlogAge, LongSupplier nanos, LedgerSettings settings) {
    this.backlogAge = backlogAge;
    this.nanos = nanos;
    this.settings = settings;
    this.newestHead = new AtomicLong(nanos.getAsLong());
  }

  /** A restart does not shorten the lag: the last head was received this long ago. */
  void lastReceived(Duration ago) {
    long then = nanos.getAsLong() - ago.toNanos();
    newestHead.accumulateAndGet(then, (known, next) -> next - known < 0 ? next : known);
  }

  /** A head that continues the former ones was received. */
  void received() {
    newestHead.set(nanos.getAsLong());
  }

  public Duration current() {
    Duration head = Duration.ofNanos(nanos.getAsLong() - newestHead.get());
    Duration unsent = outboxAge();
    return head.compareTo(unsent) > 0 ? head : unsent;
  }

  public boolean tooFar() {
    return current().compareTo(settings.maxLag()) > 0;
  }

  private Duration outboxAge() {
    long now = nanos.getAsLong();
    OutboxAge known = outbox.get();
    if (known != null && now - known.checked < OUTBOX_CHECK.toNanos()) {
      return known.age;
    }
    Duration age = backlogAge.get();
    outbox.set(new OutboxAge(now, age));
    return age;
  }
}
