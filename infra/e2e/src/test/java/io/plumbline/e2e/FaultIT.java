package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Processes are killed while people write. What was acknowledged must be there, once, and once in the ledger. A kill does not test the loss of
 * power: what the kernel holds survives it.
 */
@ExtendWith(Platform.class)
class FaultIT {

  private static final int WRITES = Integer.getInteger("faults.writes", 500);
  private static final long SEED = Long.getLong("faults.seed", 20_261_125L);
  private static final int WRITERS = 4;

  @Test
  void nothing_acknowledged_is_lost_and_nothing_happens_twice() throws InterruptedException {
    Random random = new Random(SEED);
    List<Writer> writers = IntStream.range(0, WRITERS).mapToObj(i -> new Writer("fault-" + SEED + "-" + i, WRITES / WRITERS)).toList();
    writers.forEach(Writer::createPrompt);
    List<Thread> threads = writers.stream().map(writer -> Thread.ofPlatform().start(writer)).toList();

    for (String victim : List.of("prompt-registry", "compliance", "kafka", "postgresql", "gateway")) {
      awaitProgress(writers, 20 + random.nextInt(20));
      // SIGINT is PostgreSQL's fast restart; the others get no chance to say goodbye.
      Platform.signal(victim, victim.equals("postgresql") ? "INT" : "KILL");
      Platform.up();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    int acknowledged = writers.stream().mapToInt(writer -> writer.acknowledged().size()).sum();
    int lost = 0;
    int doubled = 0;
    Person ada = Platform.person("ada");
    for (Writer writer : writers) {
      List<String> stored = versions(ada, writer.prompt());
      lost += (int) writer.acknowledged().stream().filter(message -> !stored.contains(message)).count();
      doubled += stored.size() - (int) stored.stream().distinct().count();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(entries(Platform.person("cleo"), writer.prompt())).as("ledger entries of %s", writer.prompt()).isEqualTo(stored.size()));
    }
    System.out.printf("seed %d: acknowledged %d, lost %d, doubled %d, in the ledger once each%n", SEED, acknowledged, lost, doubled);
    assertThat(acknowledged).isEqualTo(WRITES / WRITERS * WRITERS);
    assertThat(lost).isZero();
    assertThat(doubled).isZero();
  }

  private static void awaitProgress(List<Writer> writers, int more) {
    int before = writers.stream().mapToInt(writer -> writer.acknowledged().size()).sum();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> writers.stream().allMatch(Writer::done) || writers.stream().mapToInt(writer -> writer.acknowledged().size()).sum() >= before + more);
  }

  private static List<String> versions(Person person, String prompt) {
    return pages(person, "/api/prompts/" + prompt + "/versions?limit=100", "message");
  }

  private static int entries(Person person, String prompt) {
    return pages(person, "/api/audit?limit=100&type=prompt.version-published&object=" + prompt, "type").size();
  }

  private static List<String> pages(Person person, String path, String field) {
    List<String> values = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = JsonMapper.shared().readTree(Api.send("GET", path + (token.isEmpty() ? "" : "&pageToken=" + token), person.token(), null).body());
      page.at("/items").forEach(item -> values.add(item.at("/" + field).asString()));
      token = page.at("/nextPageToken").asString("");
    } while (!token.isEmpty());
    return values;
  }
}
