package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.SignedHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The state of the ledger's background work in this process, which metrics and health read. */
@Component
public class LedgerState {

  /** A failure that is being retried. */
  public record Failure(Instant since, String part, String cause) {}

  private record Newest(String signature, long since) {}

  private final Clock clock;
  private final LongSupplier nanos;
  private final AtomicReference<Newest> newest;
  private final AtomicReference<Optional<Failure>> intake = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Failure>> sequencer =
      new AtomicReference<>(Optional.empty());
  private final AtomicLong size = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();

  @Autowired
  LedgerState(Clock clock) {
    this(clock, System::nanoTime);
  }

  /**
   * Creates the state of a process that has just started.
   *
   * @param nanos a source of time like {@link System#nanoTime}, so that a head does not look old
   *     because somebody set the clock
   */
  public LedgerState(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.newest = new AtomicReference<>(new Newest("", nanos.getAsLong()));
  }

  /** Records the newest head that this process has seen. */
  public void recordHead(SignedHead head) {
    size.set(head.treeSize());
    newest.updateAndGet(known -> newestAfter(known, head.signature()));
  }

  private Newest newestAfter(Newest known, String signature) {
    if (known.signature.equals(signature)) {
      return known;
    }
    return new Newest(signature, nanos.getAsLong());
  }

  /** Records how many messages wait to become entries. */
  public void recordPending(long count) {
    pending.set(count);
  }

  public void recordIntakeFailure(Throwable cause) {
    recordFailure(intake, "intake", cause);
  }

  public void recordIntakeSuccess() {
    intake.set(Optional.empty());
  }

  public void recordSequencerFailure(Throwable cause) {
    recordFailure(sequencer, "sequencer", cause);
  }

  public void recordSequencerSuccess() {
    sequencer.set(Optional.empty());
  }

  private void recordFailure(
      AtomicReference<Optional<Failure>> part, String name, Throwable cause) {
    part.updateAndGet(known ->
        Optional.of(
            new Failure(
                known.map(Failure::since).orElseGet(clock::instant), name, cause.toString())));
  }

  /**
   * Returns the failure of the intake or of the sequencer that is being retried; empty if both
   * work.
   */
  public Optional<Failure> failure() {
    return intake.get().or(sequencer::get);
  }

  public long size() {
    return size.get();
  }

  public long pendingCount() {
    return pending.get();
  }

  /** Returns for how long the newest head has been the newest. */
  public Duration headAge() {
    return Duration.ofNanos(nanos.getAsLong() - newest.get().since);
  }
}
