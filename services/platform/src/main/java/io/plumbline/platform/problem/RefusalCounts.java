package io.plumbline.platform.problem;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of the current minute by caller. The first refusal of each of a caller's first few
 * actions is recorded by itself and the rest as one count, so that a caller who is refused again
 * and again fills neither memory nor ledger.
 */
final class RefusalCounts {

  /**
   * The maximum number of actions of a caller in a minute whose first refusal is recorded by
   * itself.
   */
  static final int ACTIONS = 10;

  /** Refusals that are not recorded yet. */
  record Repeated(Caller caller, ActionDenied denied) {}

  private record RefusedAction(String action, String problem) {}

  private static final class Tally {
    private final Caller caller;
    private final Set<RefusedAction> recorded = new HashSet<>();
    private int repeated;
    private @Nullable ActionDenied last;

    Tally(Caller caller) {
      this.caller = caller;
    }
  }

  private Map<CallerId, Tally> tallies = new HashMap<>();

  /**
   * Decides whether a refusal is recorded by itself. Otherwise counts it, to be returned by {@link
   * #endMinute}.
   */
  synchronized boolean shouldRecord(Caller caller, ActionDenied denied) {
    Tally tally = tallies.computeIfAbsent(caller.id(), any -> new Tally(caller));
    if (tally.recorded.size() < ACTIONS
        && tally.recorded.add(new RefusedAction(denied.action(), denied.problem()))) {
      return true;
    }
    tally.repeated++;
    tally.last = denied;
    return false;
  }

  /** Ends the minute, and returns the refusals that were only counted since the last call. */
  synchronized List<Repeated> endMinute() {
    List<Repeated> repeated = new ArrayList<>();
    for (Tally tally : tallies.values()) {
      if (tally.last != null) {
        repeated.add(new Repeated(tally.caller, tally.last.withAttempts(tally.repeated)));
      }
    }
    tallies = new HashMap<>();
    return repeated;
  }
}
