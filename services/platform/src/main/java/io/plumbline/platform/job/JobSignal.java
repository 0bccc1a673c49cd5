package io.plumbline.platform.job;

import io.plumbline.platform.lifecycle.Wakeup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes the workers that wait for jobs of a kind, and no others. A signal shared by all kinds might
 * wake only workers of another kind.
 */
final class JobSignal {

  private final Map<String, List<Wakeup>> workers = new ConcurrentHashMap<>();

  /**
   * Registers one more worker for a kind.
   *
   * @return the signal of this worker
   */
  Wakeup registerWorker(String kind) {
    Wakeup wakeup = new Wakeup();
    workers.computeIfAbsent(kind, first -> new CopyOnWriteArrayList<>()).add(wakeup);
    return wakeup;
  }

  void signal(String kind) {
    workers.getOrDefault(kind, List.of()).forEach(Wakeup::signal);
  }
}
