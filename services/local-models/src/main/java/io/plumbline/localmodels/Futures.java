package io.plumbline.localmodels;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for several runs as if they were one call. */
final class Futures {

  private Futures() {}

  /**
   * @throws CancellationException when the caller is interrupted: what has not started is
   *     cancelled, its interrupt flag stays set
   */
  static void awaitAll(List<? extends Future<?>> runs) {
    try {
      for (Future<?> run : runs) {
        run.get();
      }
    } catch (InterruptedException e) {
      runs.forEach(run -> run.cancel(false));
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while embedding");
    } catch (ExecutionException e) {
      runs.forEach(run -> run.cancel(false));
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }
}
