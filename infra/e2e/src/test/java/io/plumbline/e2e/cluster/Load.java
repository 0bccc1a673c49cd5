package io.plumbline.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.e2e.Platform;
import io.plumbline.e2e.ResourceKind;
import io.plumbline.e2e.fault.ApprovedMoves;
import io.plumbline.e2e.fault.Change;
import io.plumbline.e2e.fault.Creations;
import io.plumbline.e2e.fault.DatasetUpdates;
import io.plumbline.e2e.fault.LabelMoves;
import io.plumbline.e2e.fault.PatientClient;
import io.plumbline.e2e.fault.PolicyVersions;
import io.plumbline.e2e.fault.Removals;
import io.plumbline.e2e.fault.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Requests of a released application, and people who write to every registry, for as long as
 * something is changed or broken. Afterwards what was acknowledged is looked for.
 */
final class Load {

  private static final Duration IN_THE_LEDGER = Duration.ofMinutes(5);

  private final String name;
  private final Served served = new Served();
  private final List<Writer> writers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final long began = System.nanoTime();
  private volatile boolean over;

  private Load(String name, Set<String> kinds) {
    this.name = name;
    PatientClient.takeFailures();
    changes(Platform.uniqueName("c"))
        .forEach((kind, change) -> {
          if (kinds.isEmpty() || kinds.contains(kind)) {
            writers.add(new Writer(kind, change, () -> over));
          }
        });
  }

  /** Begins it, with writers of all kinds. */
  static Load begin(String name) {
    return begin(name, Set.of());
  }

  /**
   * @param kinds the kinds of writes; all when empty
   */
  static Load begin(String name, Set<String> kinds) {
    Load load = new Load(name, kinds);
    load.writers.forEach(writer -> writer.change().prepare());
    load.writers.forEach(writer -> load.threads.add(Thread.ofPlatform().start(writer)));
    load.served.begin();
    return load;
  }

  private static Map<String, Change> changes(String prefix) {
    Map<String, Change> changes = new LinkedHashMap<>();
    for (ResourceKind kind : ResourceKind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      changes.put(name, new Creations(kind, prefix + "-" + name));
    }
    changes.put("label", new LabelMoves(prefix + "-label"));
    changes.put("approval", new ApprovedMoves(prefix + "-approval"));
    changes.put("update", new DatasetUpdates(prefix + "-update"));
    changes.put("removal", new Removals(prefix + "-removal"));
    changes.put("policy", new PolicyVersions(prefix + "-policy"));
    return changes;
  }

  Served served() {
    return served;
  }

  /** Ends it after a planned change, of which no client may have noticed anything. */
  void endWithoutFailures() {
    Map<String, Long> failures = end();
    assertThat(served.failures()).as("%s: requests that failed", name).isEmpty();
    assertThat(failures).as("%s: writes that failed", name).isEmpty();
  }

  /**
   * Ends it, and looks for what was acknowledged.
   *
   * @return attempts at writing that failed, each of which was repeated, and how often
   */
  Map<String, Long> end() {
    over = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    served.end();
    Map<String, Long> failures = PatientClient.takeFailures();
    int lost = 0;
    int doubled = 0;
    for (Writer writer : writers) {
      List<Integer> inEffect = writer.change().inEffect(writer.acknowledged());
      Set<Integer> distinct = new HashSet<>(inEffect);
      int missing =
          (int)
              IntStream.range(0, writer.acknowledged())
                  .filter(number -> !distinct.contains(number))
                  .count();
      lost += missing;
      doubled += inEffect.size() + missing - writer.acknowledged();
      await()
          .atMost(IN_THE_LEDGER)
          .untilAsserted(() ->
              assertThat(writer.change().entries())
                  .as("ledger entries of %s", writer)
                  .isEqualTo(inEffect.size()));
    }
    System.out.printf(
        "%s, %d s: served %s; written %d (%s), failed attempts %s, lost %d, doubled %d%n",
        name,
        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
        served,
        writers.stream().mapToInt(Writer::acknowledged).sum(),
        String.join(
            ", ", writers.stream().map(writer -> writer + " " + writer.acknowledged()).toList()),
        failures,
        lost,
        doubled);
    assertThat(lost).as("%s: acknowledged and lost", name).isZero();
    assertThat(doubled).as("%s: done twice", name).isZero();
    return failures;
  }
}
