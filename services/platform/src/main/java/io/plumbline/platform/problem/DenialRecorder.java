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
 * Records refusals of authenticated callers. Each is recorded in a transaction of its own, since
 * the refused one is rolled back. The first refusals of a caller are recorded at once. What the
 * caller repeats within a minute is recorded as a count; a crash within that minute loses the
 * count.
 */
public class DenialRecorder {

  private static final Logger log = LoggerFactory.getLogger(DenialRecorder.class);

  private static final int MAX_LENGTH = 500;

  private final Outbox outbox;
  private final TransactionTemplate ownTransaction;
  private final RefusalCounts counts = new RefusalCounts();

  DenialRecorder(Outbox outbox, PlatformTransactionManager transactions) {
    this.outbox = outbox;
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * Records a refusal of the current caller. Does nothing when there is none or it belongs to no
   * workspace.
   *
   * @param action the attempted action: method and path pattern
   * @param subject the path that it was attempted on
   */
  public void record(String action, String subject, ProblemType problem, List<String> reasons) {
    if (Caller.find().filter(caller -> !Caller.NO_WORKSPACE.equals(caller.workspace())).isEmpty()) {
      return;
    }
    ActionDenied denied =
        new ActionDenied(
            shortened(action),
            shortened(subject),
            problem.status().value(),
            problem.slug(),
            reasons);
    if (counts.shouldRecord(Caller.current(), denied)) {
      try {
        recordNow(denied);
      } catch (TransactionException e) {
        // The refusal itself stands. Without a database nothing could have been done anyway.
        log.error(
            "The refusal of the request {} on {} by caller {} was not recorded in the ledger,"
                + " because the database is unavailable. The caller was refused all the same.",
            action,
            subject,
            Caller.current().actor(),
            e);
      }
    }
  }

  /**
   * Shortens a text that the caller chose, such as a path, because the ledger keeps what is
   * recorded.
   */
  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }

  /**
   * Records the refusals that were only counted. It is called every minute, and when the service
   * stops. Without a database it ends at the first one, so that a stop does not wait for each of
   * them.
   */
  void recordCounts() {
    try {
      for (RefusalCounts.Repeated repeated : counts.endMinute()) {
        repeated.caller().run(() -> recordNow(repeated.denied()));
      }
    } catch (TransactionException e) {
      log.error(
          "Repeated refusals of the last minute were not recorded in the ledger, because the"
              + " database is unavailable. Their counts are lost.",
          e);
    }
  }

  private void recordNow(ActionDenied denied) {
    ownTransaction.executeWithoutResult(status -> outbox.append(denied, "denial/" + Ids.next(), 1));
  }
}
