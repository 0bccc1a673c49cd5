package io.plumbline.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Begins more sign-ins without a cookie than the gateway could ever keep. */
@ExtendWith(Platform.class)
@Isolated("It asks as often as one address may.")
class SignInFloodIT {

  private static final int STARTS = 10_100;
  private static final int AT_ONCE = 50;
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final String START = "/oauth2/authorization/keycloak";

  @Test
  void a_real_person_signs_in_after_ten_thousand_starts() throws InterruptedException {
    Map<Integer, Integer> answers = flood();
    System.out.printf("%d sign-ins started without a cookie: %s%n", STARTS, answers);
    assertThat(answers.keySet()).isSubsetOf(302, 429);

    // A person at the flood's address waits until it has tokens again; a sign-in takes two.
    Thread.sleep(PAUSE);
    Browser ada = new Browser();
    ada.signIn("ada", requireNonNull(Platform.access().people().get("ada")));

    HttpResponse<String> session = ada.get(gateway() + "/session");
    assertThat(session.statusCode()).isEqualTo(200);
    assertThat(session.body()).contains("\"username\":\"ada\"");
  }

  private static Map<Integer, Integer> flood() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest start = HttpRequest.newBuilder(URI.create(gateway() + START)).build();
    Map<Integer, Integer> answers = new TreeMap<>();
    for (int sent = 0; sent < STARTS; sent += AT_ONCE) {
      List<CompletableFuture<HttpResponse<Void>>> batch = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.add(http.sendAsync(start, HttpResponse.BodyHandlers.discarding()));
      }
      batch.forEach(each -> answers.merge(each.join().statusCode(), 1, Integer::sum));
    }
    return answers;
  }

  private static String gateway() {
    return Platform.access().gateway();
  }
}
