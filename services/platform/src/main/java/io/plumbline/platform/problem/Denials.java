package io.plumbline.platform.problem;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records refusals of authenticated callers, in a transaction of their own since the refused one is
 * rolled back. What one caller repeats within a minute is recorded as a count, which a crash within
 * that minute loses; the first refusals are recorded at once.
 */
public class Denials {

  private static final Logger log = LoggerFactory.getLogger(Denials.class);

  private static final int LONGEST = 500;

  private final Outbox outbox;
  private final TransactionTemplate own;
  private final RefusalCounts counts = new RefusalCounts();

  Denials(Outbox outbox, PlatformTransactionManager transactions) {
    this.outbox = outbox;
    this.own = new TransactionTemplate(transactions);
    this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * @param action what was attempted: method and path pattern
   * @param subject the path it was attempted on
   */
  public void record(String action, String subject, ProblemType problem, List<String> reasons) {
    if (Caller.find().filter(caller -> !Caller.NO_WORKSPACE.equals(caller.workspace())).isEmpty()) {
      return;
    }
    ActionDenied denied =
        new ActionDenied(
            bounded(action), bounded(subject), problem.status().value(), problem.slug(), reasons);
    if (counts.count(Caller.current(), denied)) {
      try {
        append(denied);
      } catch (TransactionException e) {
        // The refusal itself stands: without a database nothing could have been done anyway.
        log.error("The refusal of {} could not be recorded", action, e);
      }
    }
  }

  /** A path is the caller's to choose, and the ledger keeps what is recorded. */
  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /**
   * Records what was only counted; called every minute, and when the service stops. Without a
   * database it ends at the first one, so that a stop does not wait for each.
   */
  void recordCounts() {
    try {
      for (RefusalCounts.Repeated repeated : counts.end()) {
        repeated.caller().run(() -> append(repeated.denied()));
      }
    } catch (TransactionException e) {
      log.error("Repeated refusals could not be recorded", e);
    }
  }

  private void append(ActionDenied denied) {
    own.executeWithoutResult(status -> outbox.append(denied, "denial/" + Ids.next(), 1));
  }
}
