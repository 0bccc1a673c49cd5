package io.plumbline.platform.job;

import io.plumbline.platform.lifecycle.Wakeup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes the workers that wait for jobs of a kind, and no others: one signal for all might reach
 * only those who can do nothing with it.
 */
final class JobSignal {

  private final Map<String, List<Wakeup>> workers = new ConcurrentHashMap<>();

  /**
   * @return what rings for one more worker
   */
  Wakeup forWorkerOf(String kind) {
    Wakeup wakeup = new Wakeup();
    workers.computeIfAbsent(kind, first -> new CopyOnWriteArrayList<>()).add(wakeup);
    return wakeup;
  }

  void signal(String kind) {
    workers.getOrDefault(kind, List.of()).forEach(Wakeup::signal);
  }
}
