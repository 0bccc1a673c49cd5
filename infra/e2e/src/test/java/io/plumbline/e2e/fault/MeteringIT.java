package io.plumbline.e2e.fault;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.ApiUser;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.ScriptedProvider;
import io.plumbline.e2e.ServiceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service that answers is killed again and again while it answers 200 requests a second, for as
 * many seconds as {@code -De2e.metering=60} says: what a client has an answer of is traced, and
 * metered once, and a receipt leads from it to the ledger.
 */
@ExtendWith(Platform.class)
@Isolated("It kills processes.")
class MeteringIT {

  private static final int SECONDS = Integer.getInteger("e2e.metering", 10);
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);

  /** The people who send, because one of them alone would exceed the limit for one person. */
  private static final int KEYS = 6;

  private static final int CLIENTS = 24;

  /**
   * The pause of each client after an answer, which takes some milliseconds itself: all clients
   * send about 200 requests a second.
   */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Duration SHIPPED = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final String name = Platform.uniqueName("metered");

  /** The name of a model that nobody entered in the catalogue. */
  private final String model = name + "/unknown";

  @Test
  void what_was_answered_is_traced_and_metered_once_though_the_service_is_killed() {
    Queue<String> answered = new ConcurrentLinkedQueue<>();
    int kills = 0;
    try (ScriptedProvider provider =
        new ScriptedProvider(request -> ScriptedProvider.says("Yes."))) {
      provider.connect(name);
      List<String> keys = Requests.keys(KEYS, name + "/m");
      try (Traffic traffic =
          new Traffic(
              CLIENTS,
              PAUSE,
              client -> Requests.greeting(keys.get(client % KEYS), name + "/m"),
              answer -> keep(answer, answered))) {
        for (int second = 0; second < SECONDS; second += (int) BETWEEN_KILLS.toSeconds()) {
          Traffic.sleep(BETWEEN_KILLS.dividedBy(2));
          kills += Platform.signal("inference", "KILL") ? 1 : 0;
          Traffic.sleep(BETWEEN_KILLS.dividedBy(2));
        }
        Platform.up();
        Traffic.sleep(BETWEEN_KILLS);
        traffic.end();
        System.out.printf("%d kills: %s%n", kills, traffic.outcomes());
      }
    }

    try (ServiceDatabase database = ServiceDatabase.asSuperuser("inference")) {
      await().atMost(SHIPPED).until(() -> traces(database).containsAll(answered));
      Map<String, Long> times = traces(database).stream().collect(groupingBy(id -> id, counting()));
      long metered =
          database.number(
              "SELECT coalesce(sum(requests), 0) FROM usage_minute WHERE model = '" + model + "'");
      System.out.printf(
          "answered %d, traced %d, metered %d%n", answered.size(), times.size(), metered);
      assertThat(kills).isPositive();
      assertThat(answered).isNotEmpty().doesNotHaveDuplicates();
      assertThat(times.values()).containsOnly(1L);
      assertThat(metered).isEqualTo(times.size());
    }
    assertThat(Platform.command("verify-receipt", receipt(answered.element()).toString()))
        .extracting(Platform.Outcome::exit)
        .isEqualTo(0);
  }

  /** Returns the file that the portal offers for download. */
  private Path receipt(String trace) {
    ApiUser cleo = Platform.user("cleo");
    JsonNode receipt =
        await()
            .atMost(SHIPPED)
            .until(
                () -> cleo.get("/api/traces/" + trace + "/receipt"),
                apiResponse -> apiResponse.status() == 200)
            .json();
    JsonNode entry =
        cleo.await(
                "the ledger's entry of a receipt",
                SHIPPED,
                "/api/audit?limit=1&type=%s&object=%s"
                    .formatted(
                        receipt.at("/eventType").asString(),
                        receipt.at("/eventSubject").asString()),
                entries -> !entries.at("/items").isEmpty())
            .at("/items/0");
    long index = entry.at("/index").asLong();
    JsonNode head =
        cleo.await(
            "a signed head",
            SHIPPED,
            "/api/ledger/head",
            signed -> signed.at("/treeSize").asLong() > index);
    JsonNode proof =
        cleo.get(
                "/api/ledger/entries/%d/proof?treeSize=%d"
                    .formatted(index, head.at("/treeSize").asLong()))
            .expect(200)
            .json();
    try {
      return Files.writeString(
          folder.resolve("receipt.json"),
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of("receipt", receipt, "entry", entry, "proof", proof, "head", head)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(HttpResponse<?> answer, Queue<String> answered) {
    if (answer.statusCode() == 200) {
      answered.add(answer.headers().firstValue("x-plumbline-trace").orElseThrow());
    }
  }

  private List<String> traces(ServiceDatabase database) {
    return database.texts(
        "SELECT trace_id FROM trace WHERE model = '" + model + "' AND status <> 'REFUSED'");
  }
}
