package io.plumbline.localmodels;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The order in which texts are run: what serves before what is bulk, and within both the calls in
 * turn, one text of each. So a serving call waits for the texts that are running, and shares the
 * workers with other serving calls only, however many texts anybody sends.
 */
final class WaitingRuns {

  /** While there is something to serve, one text in so many is bulk, so that bulk ends too. */
  static final int BULK_EVERY = 32;

  private final Deque<Deque<Runnable>> serving = new ArrayDeque<>();
  private final Deque<Deque<Runnable>> bulk = new ArrayDeque<>();
  private int servedInARow;

  /**
   * @param call the texts of one call, in their order
   */
  synchronized void add(Urgency urgency, List<? extends Runnable> call) {
    if (!call.isEmpty()) {
      lane(urgency).addLast(new ArrayDeque<>(call));
    }
  }

  private Deque<Deque<Runnable>> lane(Urgency urgency) {
    return switch (urgency) {
      case SERVING -> serving;
      case BULK -> bulk;
    };
  }

  /**
   * Called once for each text that was added, by any worker: it runs the next, whichever that is.
   */
  void runNext() {
    next().run();
  }

  private synchronized Runnable next() {
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
