package io.plumbline.evaluation.run.turn;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets one run of this process ask at a time, since latency is measured under the load of one run.
 * A worker takes the turn before it claims a run. A run whose server answers nothing makes no load:
 * it lends its turn to the next one, and asks on when that has ended.
 */
@Component
public class RunSlots {

  private static final Duration POLL = Duration.ofMillis(250);

  /** Longer than a worker takes to see that it may claim a run. */
  private static final Duration OFFER = Duration.ofMillis(1_500);

  private @Nullable Thread holder;
  private int lenders;
  private boolean offered;
  private long freeSince;

  /**
   * Takes the turn for a run that the current thread is about to begin.
   *
   * @return false while another run asks, and when it is for one that has begun to ask on
   */
  public synchronized boolean take() {
    if (holder != null || (lenders > 0 && !offered)) {
      return false;
    }
    holder = Thread.currentThread();
    offered = false;
    return true;
  }

  /** Ends the turn of the current thread; nothing happens when it has none. */
  public synchronized void give() {
    if (holder == Thread.currentThread()) {
      holder = null;
      freeSince = System.nanoTime();
      notifyAll();
    }
  }

  /**
   * Offers the turn to a run that has not begun, and takes it back when that has ended or there is
   * none.
   *
   * @param cancelled ends the waiting, with or without the turn
   * @return for how long others had it, at least
   */
  public synchronized Duration lend(BooleanSupplier cancelled) throws InterruptedException {
    long begin = System.nanoTime();
    give();
    offered = true;
    lenders++;
    try {
      while (!free() && !cancelled.getAsBoolean()) {
        wait(POLL.toMillis());
      }
      if (free()) {
        holder = Thread.currentThread();
      }
    } finally {
      lenders--;
    }
    Duration lent = Duration.ofNanos(System.nanoTime() - begin).minus(OFFER).minus(POLL);
    return lent.isNegative() ? Duration.ZERO : lent;
  }

  private boolean free() {
    return holder == null && (!offered || System.nanoTime() - freeSince >= OFFER.toNanos());
  }
}
