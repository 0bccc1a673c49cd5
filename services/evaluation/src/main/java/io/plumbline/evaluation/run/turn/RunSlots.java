package io.plumbline.evaluation.run.turn;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets one run of this process send questions at a time, since latency is measured under the load
 * of one run. A worker takes the turn before it claims a run. A run whose server does not answer
 * causes no load, so it lends its turn to the next run and continues when that one has ended.
 */
@Component
public class RunSlots {

  private static final Duration POLL = Duration.ofMillis(250);

  /** The time for which a turn is offered; a worker notices sooner that it may claim a run. */
  private static final Duration OFFER = Duration.ofMillis(1_500);

  private @Nullable Thread holder;
  private int lenders;
  private boolean offered;
  private long freeSince;

  /**
   * Takes the turn for a run that the current thread is about to begin.
   *
   * @return whether the turn was free; false while another run has it, and while a run that lent it
   *     waits to continue
   */
  public synchronized boolean tryTake() {
    if (holder != null || (lenders > 0 && !offered)) {
      return false;
    }
    holder = Thread.currentThread();
    offered = false;
    return true;
  }

  /** Ends the turn of the current thread; nothing happens when it has none. */
  public synchronized void giveBack() {
    if (holder == Thread.currentThread()) {
      holder = null;
      freeSince = System.nanoTime();
      notifyAll();
    }
  }

  /**
   * Offers the turn to a run that has not started, and takes it back when that run has ended or
   * there is none.
   *
   * @param cancelled ends the waiting, with or without the turn
   * @return the shortest time for which others can have had the turn
   */
  public synchronized Duration lend(BooleanSupplier cancelled) throws InterruptedException {
    long begin = System.nanoTime();
    giveBack();
    offered = true;
    lenders++;
    try {
      while (!isFree() && !cancelled.getAsBoolean()) {
        wait(POLL.toMillis());
      }
      if (isFree()) {
        holder = Thread.currentThread();
      }
    } finally {
      lenders--;
    }
    Duration lent = Duration.ofNanos(System.nanoTime() - begin).minus(OFFER).minus(POLL);
    if (lent.isNegative()) {
      return Duration.ZERO;
    }
    return lent;
  }

  private boolean isFree() {
    return holder == null && (!offered || System.nanoTime() - freeSince >= OFFER.toNanos());
  }
}
