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
 * rolled back.
 */
public class Denials {

  private static final Logger log = LoggerFactory.getLogger(Denials.class);

  private final Outbox outbox;
  private final TransactionTemplate own;

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
    try {
      own.executeWithoutResult(status ->
          outbox.append(
              new ActionDenied(action, subject, problem.status().value(), problem.slug(), reasons),
              "denial/" + Ids.next(),
              1));
    } catch (TransactionException e) {
      // The refusal itself stands: without a database nothing could have been done anyway.
      log.error("The refusal of {} could not be recorded", action, e);
    }
  }
}
