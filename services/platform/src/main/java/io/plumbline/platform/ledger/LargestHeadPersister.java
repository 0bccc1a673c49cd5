package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps the last proved head over restarts. The head is read before the first one arrives, and
 * saved now and then.
 */
final class LargestHeadPersister implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LargestHeadPersister.class);
  private static final Duration SAVE = Duration.ofSeconds(10);

  private final HeadStore store;
  private final ReceivedHeads heads;
  private final LedgerLag lag;
  private final boolean acceptsSmallerLog;
  private final LongSupplier nanos;
  private volatile boolean running;
  private boolean lossToRecord;
  private boolean savedOne;
  private long savedAt;

  LargestHeadPersister(
      HeadStore store,
      ReceivedHeads heads,
      LedgerLag lag,
      LedgerSettings settings,
      LongSupplier nanos) {
    this.store = store;
    this.heads = heads;
    this.lag = lag;
    this.acceptsSmallerLog = settings.acceptSmallerLog();
    this.lossToRecord = acceptsSmallerLog;
    this.nanos = nanos;
  }

  @Override
  public void start() {
    running = true;
    if (!acceptsSmallerLog) {
      store
          .load()
          .ifPresent(stored -> {
            heads.resume(stored.head());
            lag.countFromLastHead(stored.age());
          });
    }
  }

  /** Records a head that is proved to continue the former ones and arrived after the start. */
  void recordReceived(HeadSigned head) {
    lag.recordHead();
    if (savedOne && nanos.getAsLong() - savedAt < SAVE.toNanos()) {
      return;
    }
    savedOne = true;
    savedAt = nanos.getAsLong();
    try {
      store.save(head, lossToRecord);
      lossToRecord = false;
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "The ledger head over {} entries could not be stored. Storing is tried again with a later"
              + " head: {}",
          head.treeSize(),
          e.toString());
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Starts before the subscriptions, so that the stored head is known when the first one arrives.
   */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
