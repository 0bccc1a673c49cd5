package io.plumbline.platform.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lag of the ledger behind this service: the age of the oldest event in the outbox, or the time
 * since the newest signed head was received, whichever is longer. It is measured by the monotonic
 * time of this process, so that no clock, neither the ledger's nor the service's own, can shorten
 * or lengthen it. Before the first head is received, the lag counts from the start, or from the
 * last head that was received before the restart.
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

  /**
   * Makes the lag count from the last head before a restart, so that the restart does not shorten
   * it.
   *
   * @param ago how long ago that head was received
   */
  void countFromLastHead(Duration ago) {
    long then = nanos.getAsLong() - ago.toNanos();
    newestHead.accumulateAndGet(then, (known, next) -> next - known < 0 ? next : known);
  }

  /** Records that a head was received that continues the former ones. */
  void recordHead() {
    newestHead.set(nanos.getAsLong());
  }

  /** Returns how far the ledger is behind this service now. */
  public Duration current() {
    Duration head = Duration.ofNanos(nanos.getAsLong() - newestHead.get());
    Duration unsent = outboxAge();
    return head.compareTo(unsent) > 0 ? head : unsent;
  }

  /** Returns whether the ledger is further behind than {@code plumbline.ledger.max-lag} permits. */
  public boolean exceedsMaximum() {
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
