package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.ResourceKind;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ends a process in good order while it works. With one process of a service there is a time in
 * which nobody takes a new request. So it checks that every request under way is completed, and
 * that others get an answer to come again later, or find no connection.
 */
@ExtendWith(Platform.class)
@Isolated("It ends processes.")
class EndingIT {

  /** The limit of one caller. */
  private static final int UPLOADS = 2;

  private static final int LINES = 40;
  private static final Duration PAUSE = Duration.ofMillis(150);
  private static final String RUN = Platform.uniqueName("ending");

  private final ApiUser ada = Platform.user("ada");

  @Test
  void a_service_completes_what_it_was_given() {
    assertThat(ended("dataset-registry").keySet()).isSubsetOf("200", "503 with Retry-After");
  }

  @Test
  void so_does_the_gateway() {
    assertThat(ended("gateway").keySet())
        .isSubsetOf("200", "503 with Retry-After", Traffic.REFUSED);
  }

  /** Returns the outcomes of the requests that came while the process ended and started again. */
  private Map<String, Long> ended(String process) {
    String token = ada.token();
    List<String> datasets =
        IntStream.range(0, UPLOADS).mapToObj(i -> RUN + "-" + process + "-" + i).toList();
    datasets.forEach(
        name -> ada.post("/api/datasets", ResourceKind.DATASET.body(name)).expect(201));
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Traffic traffic =
            new Traffic(4, PAUSE, client -> Requests.get("/api/datasets?limit=1", token))) {
      List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
      for (String name : datasets) {
        uploads.add(
            http.sendAsync(
                Requests.to("/api/datasets/" + name + "/versions", token)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofInputStream(SlowLines::new))
                    .build(),
                BodyHandlers.ofString()));
      }
      Traffic.sleep(Duration.ofSeconds(1));
      List<Integer> answers;
      Platform.signal(process, "TERM");
      try {
        answers =
            uploads.stream().map(CompletableFuture::join).map(HttpResponse::statusCode).toList();
      } finally {
        Platform.up();
      }
      traffic.end();

      System.out.printf(
          "%s ended: %d requests under way answered %s, others %s%n",
          process, UPLOADS, answers, traffic.outcomes());
      assertThat(answers).containsOnly(202);
      return traffic.outcomes();
    }
  }

  /** An upload that takes four seconds. */
  private static final class SlowLines extends InputStream {

    private int line;
    private byte[] rest = {};
    private int position;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == rest.length) {
        if (line == LINES) {
          return -1;
        }
        Traffic.sleep(Duration.ofMillis(100));
        rest =
            ("{\"text\":\"row " + line++ + "\",\"label\":\"a\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        position = 0;
      }
      int count = Math.min(length, rest.length - position);
      System.arraycopy(rest, position, target, offset, count);
      position += count;
      return count;
    }
  }
}
