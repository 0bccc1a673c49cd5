package io.plumbline.platform.gate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the transaction of a request in which a gate may ask. If evidence is under way, the
 * transaction ends without effect, the request waits without a connection or locks, and then the
 * transaction runs again. Its gate asks about the same ends of topics, so later messages do not
 * matter to it either.
 */
public final class GatedTransaction {

  /** Begins a transaction, and commits it or ends it without effect. */
  @FunctionalInterface
  public interface Transaction<T> {

    @Nullable T execute();
  }

  /** Ends the first run of a transaction, since it would have to wait. */
  static final class EvidenceAwaited extends RuntimeException {

    private final transient GateEvidence evidence;
    private final transient GateEvidence.Asked asked;

    EvidenceAwaited(GateEvidence evidence, GateEvidence.Asked asked) {
      super("A gate waits for evidence between two runs of a transaction");
      this.evidence = evidence;
      this.asked = asked;
    }
  }

  /** The question of the first run; empty during that run. */
  private static final ScopedValue<Optional<GateEvidence.Asked>> FORMER = ScopedValue.newInstance();

  private GatedTransaction() {}

  /**
   * Runs a transaction, and at most once more.
   *
   * @throws io.plumbline.platform.problem.Problem when the evidence is not complete in time
   */
  public static <T> @Nullable T run(Transaction<T> transaction) {
    try {
      return ScopedValue.where(FORMER, Optional.empty()).call(transaction::execute);
    } catch (EvidenceAwaited first) {
      first.evidence.requireComplete(first.asked);
      return ScopedValue.where(FORMER, Optional.of(first.asked)).call(transaction::execute);
    }
  }

  /** Returns whether this thread is in a first run, which may still end without effect. */
  static boolean isFirstRun() {
    return FORMER.isBound() && FORMER.get().isEmpty();
  }

  /** Returns what the first run asked; empty outside a second one. */
  static Optional<GateEvidence.Asked> former() {
    return FORMER.isBound() ? FORMER.get() : Optional.empty();
  }
}
