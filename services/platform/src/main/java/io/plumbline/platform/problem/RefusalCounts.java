package io.plumbline.platform.problem;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of the current minute by caller and action. The first few are recorded one by one
 * and the rest as one count, so that a caller who is refused again and again fills neither memory
 * nor ledger.
 */
final class RefusalCounts {

  static final int RECORDED = 5;
  static final int ACTIONS = 50;

  /**
   * The entry for all actions of a caller beyond the first ones, since a caller can choose any
   * number of paths.
   */
  private static final RefusedAction OTHERS = new RefusedAction("", "");

  /** Refusals that are not recorded yet. */
  record Repeated(Caller caller, ActionDenied denied) {}

  private record RefusedAction(String action, String problem) {}

  private static final class Tally {
    private final Caller caller;
    private int recorded;
    private int repeated;
    private @Nullable ActionDenied last;

    Tally(Caller caller) {
      this.caller = caller;
    }
  }

  private Map<CallerId, Map<RefusedAction, Tally>> tallies = new HashMap<>();

  /**
   * Decides whether a refusal is recorded by itself. Otherwise counts it, to be returned by {@link
   * #endMinute}.
   */
  synchronized boolean shouldRecord(Caller caller, ActionDenied denied) {
    Map<RefusedAction, Tally> actions =
        tallies.computeIfAbsent(caller.id(), person -> new HashMap<>());
    RefusedAction action = new RefusedAction(denied.action(), denied.problem());
    boolean known = actions.containsKey(action) || actions.size() < ACTIONS;
    Tally tally = actions.computeIfAbsent(known ? action : OTHERS, any -> new Tally(caller));
    if (known && tally.recorded < RECORDED) {
      tally.recorded++;
      return true;
    }
    tally.repeated++;
    tally.last = denied;
    return false;
  }

  /** Ends the minute, and returns the refusals that were only counted since the last call. */
  synchronized List<Repeated> endMinute() {
    List<Repeated> repeated = new ArrayList<>();
    for (Map<RefusedAction, Tally> actions : tallies.values()) {
      for (Tally tally : actions.values()) {
        if (tally.last != null) {
          repeated.add(new Repeated(tally.caller, tally.last.withAttempts(tally.repeated)));
        }
      }
    }
    tallies = new HashMap<>();
    return repeated;
  }
}
