package io.plumbline.localmodels;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The order in which texts run: serving calls before bulk calls, and within both the calls in turn,
 * one text of each. A serving call therefore waits only for the texts that are running, and shares
 * the workers with other serving calls only, however many texts anybody sends.
 */
final class UrgencyQueue {

  /** The number of runs of which one is bulk, even while serving texts wait, so that bulk ends. */
  static final int BULK_EVERY = 32;

  private final Deque<Deque<Runnable>> serving = new ArrayDeque<>();
  private final Deque<Deque<Runnable>> bulk = new ArrayDeque<>();
  private int servedInARow;

  /**
   * Adds the texts of a call behind the other calls of its urgency.
   *
   * @param call the texts of one call, in their order
   */
  synchronized void add(Urgency urgency, List<? extends Runnable> call) {
    if (!call.isEmpty()) {
      laneOf(urgency).addLast(new ArrayDeque<>(call));
    }
  }

  private Deque<Deque<Runnable>> laneOf(Urgency urgency) {
    return switch (urgency) {
      case SERVING -> serving;
      case BULK -> bulk;
    };
  }

  /** Runs the next text. Workers call it once for each text that was added. */
  void runNext() {
    takeNext().run();
  }

  private synchronized Runnable takeNext() {
    boolean serve = !serving.isEmpty() && (bulk.isEmpty() || servedInARow < BULK_EVERY - 1);
    servedInARow = serve ? servedInARow + 1 : 0;
    Deque<Deque<Runnable>> lane = serve ? serving : bulk;
    Deque<Runnable> call = lane.removeFirst();
    Runnable next = call.removeFirst();
    if (!call.isEmpty()) {
      lane.addLast(call);
    }
    return next;
  }
}
