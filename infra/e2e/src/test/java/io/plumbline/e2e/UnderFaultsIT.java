package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Processes are killed while people write and while long work is under way. What was acknowledged
 * must be there, once, and once in the ledger; what was started must come to its end. A kill does
 * not test the loss of power: what is in the kernel survives it.
 */
@ExtendWith(Platform.class)
class UnderFaultsIT {

  private static final int WRITES = Integer.getInteger("faults.writes", 500);
  private static final long SEED = Long.getLong("faults.seed", 20_261_125L);
  private static final Duration KAFKA_DOWNTIME =
      Duration.ofSeconds(Integer.getInteger("faults.kafka-downtime", 5));
  private static final String RUN = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  /** Those of a line die together. */
  private static final List<List<String>> VICTIMS =
      List.of(
          List.of("prompt-registry"),
          List.of("compliance"),
          List.of("strategy", "dataset-registry"),
          List.of("model-registry", "training"),
          List.of("evaluation", "inference"),
          List.of("kafka"),
          List.of("postgresql"),
          List.of("gateway", "keycloak"));

  @Test
  void nothing_acknowledged_is_lost_and_nothing_happens_twice() throws InterruptedException {
    Random random = new Random(SEED);
    AtomicBoolean faultsAreOver = new AtomicBoolean();
    List<Writer> writers = new ArrayList<>();
    for (ResourceKind kind : ResourceKind.values()) {
      String prefix = "fault-" + RUN + "-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      writers.add(
          new Writer(kind, prefix, () -> faultsAreOver.get() && acknowledged(writers) >= WRITES));
    }
    writers.forEach(Writer::prepare);
    List<Thread> threads =
        writers.stream().map(writer -> Thread.ofPlatform().start(writer)).toList();

    for (List<String> victims : VICTIMS) {
      awaitProgress(writers, 20 + random.nextInt(20));
      victims.forEach(UnderFaultsIT::kill);
      if (victims.contains("kafka")) {
        int before = acknowledged(writers);
        Thread.sleep(KAFKA_DOWNTIME);
        System.out.printf(
            "acknowledged in the %d s without Kafka: %d%n",
            KAFKA_DOWNTIME.toSeconds(), acknowledged(writers) - before);
      }
      Platform.up();
    }
    faultsAreOver.set(true);
    for (Thread thread : threads) {
      thread.join();
    }

    int lost = 0;
    int doubled = 0;
    for (Writer writer : writers) {
      List<String> stored = writer.stored();
      lost += (int) writer.acknowledged().stream().filter(name -> !stored.contains(name)).count();
      doubled += stored.size() - new HashSet<>(stored).size();
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() ->
              assertThat(writer.entries())
                  .as("ledger entries of %s", writer)
                  .isEqualTo(stored.size()));
    }
    System.out.printf(
        "seed %d, %d kills: acknowledged %d (%s), lost %d, doubled %d, in the ledger once each%n",
        SEED,
        VICTIMS.stream().mapToInt(List::size).sum(),
        acknowledged(writers),
        Arrays.toString(
            writers.stream().mapToInt(writer -> writer.acknowledged().size()).toArray()),
        lost,
        doubled);
    assertThat(acknowledged(writers)).isGreaterThanOrEqualTo(WRITES);
    assertThat(lost).isZero();
    assertThat(doubled).isZero();
    assertThat(Platform.command("verify-ledger")).extracting(Platform.Outcome::exit).isEqualTo(0);
  }

  @Test
  void long_work_goes_on_where_its_service_was_killed() {
    LongWork work = new LongWork("fault-" + RUN);

    work.startIngest();
    restart("dataset-registry");
    work.awaitIngest();

    work.startRun();
    restart("evaluation");
    restart("inference");
    work.awaitRun();

    work.startTraining();
    restart("training");
    work.awaitTraining();
  }

  private static void restart(String process) {
    kill(process);
    Platform.up();
  }

  /**
   * SIGQUIT is PostgreSQL's immediate shutdown, after which it recovers from its log as after a
   * crash; the others get no chance to say goodbye.
   */
  private static void kill(String process) {
    Platform.signal(process, process.equals("postgresql") ? "QUIT" : "KILL");
  }

  private static int acknowledged(List<Writer> writers) {
    return writers.stream().mapToInt(writer -> writer.acknowledged().size()).sum();
  }

  private static void awaitProgress(List<Writer> writers, int more) {
    int before = acknowledged(writers);
    await().atMost(Duration.ofMinutes(3)).until(() -> acknowledged(writers) >= before + more);
  }
}
