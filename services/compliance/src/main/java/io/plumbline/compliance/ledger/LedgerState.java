package io.plumbline.compliance.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What this process knows of the ledger's well-being; metrics and health read it. */
public class LedgerState {

  /** A failure that is being retried. */
  public record Trouble(Instant since, String part, String cause) {}

  private final Clock clock;
  private final AtomicReference<Instant> headSignedAt;
  private final AtomicReference<Optional<Trouble>> intake = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Trouble>> sequencer =
      new AtomicReference<>(Optional.empty());
  private final AtomicLong size = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();

  LedgerState(Clock clock) {
    this.clock = clock;
    this.headSignedAt = new AtomicReference<>(clock.instant());
  }

  void head(SignedHead head) {
    size.set(head.treeSize());
    headSignedAt.set(head.signedAt());
  }

  void pending(long count) {
    pending.set(count);
  }

  void intakeFails(Throwable cause) {
    fails(intake, "intake", cause);
  }

  void intakeWorks() {
    intake.set(Optional.empty());
  }

  void sequencerFails(Throwable cause) {
    fails(sequencer, "sequencer", cause);
  }

  void sequencerWorks() {
    sequencer.set(Optional.empty());
  }

  private void fails(AtomicReference<Optional<Trouble>> part, String name, Throwable cause) {
    part.updateAndGet(known ->
        Optional.of(
            new Trouble(
                known.map(Trouble::since).orElseGet(clock::instant), name, cause.toString())));
  }

  public Optional<Trouble> trouble() {
    return intake.get().or(sequencer::get);
  }

  public long size() {
    return size.get();
  }

  public long pending() {
    return pending.get();
  }

  public Duration headAge() {
    return Duration.between(headSignedAt.get(), clock.instant());
  }
}
