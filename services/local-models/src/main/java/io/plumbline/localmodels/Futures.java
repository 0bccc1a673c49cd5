package io.plumbline.localmodels;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for several runs as if they were one call. */
final class Futures {

  private Futures() {}

  /**
   * Waits until all runs have ended.
   *
   * @throws CancellationException when the caller is interrupted; runs that have not started are
   *     cancelled, and the interrupt flag stays set
   */
  static void awaitAll(List<? extends Future<?>> runs) {
    try {
      for (Future<?> run : runs) {
        run.get();
      }
    } catch (InterruptedException e) {
      runs.forEach(run -> run.cancel(false));
      Thread.currentThread().interrupt();
      throw new CancellationException("The thread was interrupted while it waited for embeddings");
    } catch (ExecutionException e) {
      runs.forEach(run -> run.cancel(false));
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
