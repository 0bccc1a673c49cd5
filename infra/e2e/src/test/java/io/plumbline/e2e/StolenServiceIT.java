package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls every service with the token of every other, as a thief of a client secret could, and names
 * a workspace and a person by the headers that services once believed.
 */
@ExtendWith(Platform.class)
class StolenServiceIT {

  private static final Map<String, String> ROUTES =
      Map.of(
          "strategy", "GET /api/applications",
          "prompt-registry", "GET /api/prompts",
          "dataset-registry", "GET /api/datasets",
          "training", "GET /api/training-jobs",
          "model-registry", "GET /api/models",
          "evaluation", "POST /api/runs",
          "inference", "POST /v1/chat/completions",
          "compliance", "GET /api/ledger/consistency?from=0&to=1");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void the_secret_of_a_service_opens_nothing_and_names_nobody() throws Exception {
    JsonNode ben = claims(Platform.user("ben").token());
    List<String> answers = new ArrayList<>();
    for (String service : Api.SERVICES) {
      String token = token(service);
      assertThat(claims(token).path("azp").asString()).isEqualTo(service);
      for (Map.Entry<String, String> target : ROUTES.entrySet()) {
        HttpResponse<String> answer =
            call(Platform.address(target.getKey()), target.getValue(), token, ben);
        if (answer.statusCode() != 403) {
          answers.add(service + " at " + target + ": " + answer.statusCode());
        }
      }
    }
    System.out.printf(
        "stolen secrets: %d calls, %d not refused%n",
        Api.SERVICES.size() * ROUTES.size(), answers.size());
    assertThat(ROUTES.keySet()).containsExactlyInAnyOrderElementsOf(Api.SERVICES);
    assertThat(answers).isEmpty();
  }

  private HttpResponse<String> call(String address, String route, String token, JsonNode person)
      throws IOException, InterruptedException {
    String[] methodAndPath = route.split(" ", 2);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + methodAndPath[1]))
            .header("Authorization", "Bearer " + token)
            .header("Plumbline-Workspace", person.path("workspace").asString())
            .header("Plumbline-On-Behalf-Of", person.path("sub").asString());
    if (methodAndPath[0].equals("POST")) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String token(String service) throws IOException, InterruptedException {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(
                service,
                URLEncoder.encode(Platform.secret("client/" + service), StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(Platform.access().tokenUri()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(service).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
  }

  private static JsonNode claims(String token) {
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }
}
