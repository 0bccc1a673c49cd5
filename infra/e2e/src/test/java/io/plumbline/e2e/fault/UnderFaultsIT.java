package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.e2e.LongWork;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Kills processes while people write and while long work is under way. An acknowledged change must
 * be there, once, and once in the ledger; started work must come to its end. A kill does not test
 * the loss of power: the kernel keeps what it has.
 */
@ExtendWith(Platform.class)
@Isolated("It kills processes.")
class UnderFaultsIT {

  private static final int WRITES = Integer.getInteger("faults.writes", 500);
  private static final long SEED = Long.getLong("faults.seed", 20_261_125L);
  private static final Duration KAFKA_DOWNTIME =
      Duration.ofSeconds(Integer.getInteger("faults.kafka-downtime", 5));

  /**
   * The number of kills, including those of {@link #VICTIMS}; the rest are of processes chosen at
   * random.
   */
  private static final int KILLS = Integer.getInteger("faults.kills", 0);

  private static final String RUN = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  /** The processes to kill; those of a line die together. */
  private static final List<List<String>> VICTIMS =
      List.of(
          List.of("prompt-registry", "compliance", "strategy"),
          List.of("dataset-registry", "model-registry", "training"),
          List.of("evaluation", "inference"),
          List.of("kafka"),
          List.of("postgresql"),
          List.of("gateway", "keycloak"));

  private static final List<String> SERVICES =
      List.of(
          "prompt-registry",
          "compliance",
          "strategy",
          "dataset-registry",
          "model-registry",
          "training",
          "evaluation",
          "inference",
          "gateway");

  @Test
  void nothing_acknowledged_is_lost_and_nothing_happens_twice() throws InterruptedException {
    Random random = new Random(SEED);
    AtomicBoolean faultsAreOver = new AtomicBoolean();
    List<Writer> writers = new ArrayList<>();
    changes()
        .forEach((name, change) ->
            writers.add(
                new Writer(
                    name, change, () -> faultsAreOver.get() && acknowledged(writers) >= WRITES)));
    writers.forEach(writer -> writer.change().prepare());
    List<Thread> threads =
        writers.stream().map(writer -> Thread.ofPlatform().start(writer)).toList();

    int kills = 0;
    for (List<String> victims : VICTIMS) {
      awaitProgress(writers, 20 + random.nextInt(20));
      if (victims.contains("kafka")) {
        // Otherwise the supervisor would restart it after a second.
        Platform.command("down", "supervisor");
      }
      victims.forEach(UnderFaultsIT::kill);
      kills += victims.size();
      if (victims.contains("kafka")) {
        int before = acknowledged(writers);
        Thread.sleep(KAFKA_DOWNTIME);
        System.out.printf(
            "acknowledged in the %d s without Kafka: %d%n",
            KAFKA_DOWNTIME.toSeconds(), acknowledged(writers) - before);
      }
      Platform.up();
    }
    while (kills < KILLS) {
      awaitProgress(writers, 20 + random.nextInt(20));
      kills += killAtRandom(random);
      Platform.up();
      System.out.printf("%d kills, acknowledged %d%n", kills, acknowledged(writers));
    }
    faultsAreOver.set(true);
    for (Thread thread : threads) {
      thread.join();
    }

    int lost = 0;
    int doubled = 0;
    int contradictions = 0;
    for (Writer writer : writers) {
      List<Integer> inEffect = writer.change().inEffect(writer.acknowledged());
      Set<Integer> distinct = new HashSet<>(inEffect);
      int missing =
          (int)
              IntStream.range(0, writer.acknowledged())
                  .filter(number -> !distinct.contains(number))
                  .count();
      System.out.printf(
          "%s: acknowledged %d, in effect %d%n", writer, writer.acknowledged(), inEffect.size());
      lost += missing;
      doubled += inEffect.size() + missing - writer.acknowledged();
      if (writer.change() instanceof Creations creations) {
        contradictions += creations.contradictions();
      }
      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(() ->
              assertThat(writer.change().entries())
                  .as("ledger entries of %s", writer)
                  .isEqualTo(inEffect.size()));
    }
    System.out.printf(
        "seed %d, %d kills: acknowledged %d of %d kinds, lost %d, doubled %d, in the ledger once"
            + " each%n",
        SEED, kills, acknowledged(writers), writers.size(), lost, doubled);
    assertThat(acknowledged(writers)).isGreaterThanOrEqualTo(WRITES);
    assertThat(lost).as("lost").isZero();
    assertThat(doubled).as("doubled").isZero();
    assertThat(contradictions).as("different answers to one key").isZero();
    assertThat(Platform.command("verify-ledger")).extracting(Platform.Outcome::exit).isEqualTo(0);
  }

  private static Map<String, Change> changes() {
    String prefix = "f" + RUN + "-";
    Map<String, Change> changes = new LinkedHashMap<>();
    for (ResourceKind kind : ResourceKind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      changes.put(name, new Creations(kind, prefix + name));
    }
    changes.put("label", new LabelMoves(prefix + "label"));
    changes.put("approval", new ApprovedMoves(prefix + "approval"));
    changes.put("update", new DatasetUpdates(prefix + "update"));
    changes.put("removal", new Removals(prefix + "removal"));
    changes.put("policy", new PolicyVersions(prefix + "policy"));
    changes.put("feedback", new Feedback());
    AliasMoves.onSomeModel(prefix + "alias")
        .ifPresentOrElse(
            alias -> changes.put("alias", alias),
            () -> System.out.println("no aliases: no model was trained on this platform"));
    return changes;
  }

  /**
   * Kills some services, one soon after the other, including those that are about to start again.
   */
  private static int killAtRandom(Random random) throws InterruptedException {
    int kills = 0;
    int tries = 5 + random.nextInt(5);
    for (int i = 0; i < tries; i++) {
      Thread.sleep(random.nextInt(1_500));
      if (Platform.signal(SERVICES.get(random.nextInt(SERVICES.size())), "KILL")) {
        kills++;
      }
    }
    return kills;
  }

  @Test
  void long_work_goes_on_where_its_service_was_killed() {
    LongWork work = new LongWork("fault-" + RUN);

    work.startIngest();
    restart("dataset-registry");
    work.awaitIngest();

    work.startRun();
    restart("evaluation", "inference");
    work.awaitRun();

    work.startTraining();
    restart("training");
    work.awaitTraining();
  }

  @Test
  void a_service_that_was_killed_runs_again_without_anybodys_hand() {
    long before = Platform.pid("training");
    kill("training");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> {
          assertThat(Platform.pid("training")).isNotEqualTo(before);
          assertThat(Platform.command("status")).extracting(Platform.Outcome::exit).isEqualTo(0);
        });
    assertThat(Platform.command("status").output())
        .containsPattern("training .*started again \\d+ times?, last .* ago: ");
  }

  private static void restart(String... processes) {
    Arrays.asList(processes).forEach(UnderFaultsIT::kill);
    Platform.up();
  }

  /**
   * Kills a process. SIGQUIT is PostgreSQL's immediate shutdown, after which it recovers from its
   * log as after a crash; the others get no chance to end in good order.
   */
  private static void kill(String process) {
    Platform.signal(process, process.equals("postgresql") ? "QUIT" : "KILL");
  }

  private static int acknowledged(List<Writer> writers) {
    return writers.stream().mapToInt(Writer::acknowledged).sum();
  }

  private static void awaitProgress(List<Writer> writers, int more) {
    int before = acknowledged(writers);
    await().atMost(Duration.ofMinutes(3)).until(() -> acknowledged(writers) >= before + more);
  }
}
