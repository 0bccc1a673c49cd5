package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** An application that has nothing but an API key, and OpenAI's own client. */
@ExtendWith(Platform.class)
@Isolated("It holds the platform to a second.")
class ApiKeyIT {

  private static final String MODEL = "local/choice-bge-small";
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final ApiUser sam = Platform.user("sam");
  private final String name = Platform.uniqueName("keyed");

  @Test
  void an_application_calls_by_its_key_what_the_key_names() {
    GovernedApplication application = GovernedApplication.create(name);
    try (ScriptedProvider provider = new ScriptedProvider()) {
      provider.connect(name);
      String variant = application.variant(name + "/m", 1);
      application.release(variant, application.pass(variant), 0, "ACTIVE");
      ApiResponse created = Platform.createKey(name, "applications", List.of(name));
      OpenAIClient client = client(created.text("/key"));

      assertThat(ask(client, "app/" + name)).contains(GovernedApplication.LABELS.getFirst());
      assertThat(client.models().list().autoPager().stream().map(Model::id))
          .containsExactly("app/" + name + "@production");
      assertThat(client.models().retrieve("app/" + name).id()).isEqualTo("app/" + name);
      for (String other : List.of("variant/" + variant, name + "/m", MODEL, "app/mail-triage")) {
        assertThatThrownBy(() -> ask(client, other))
            .as(other)
            .isInstanceOf(PermissionDeniedException.class)
            .hasMessageContaining(other);
      }
    }
  }

  @Test
  void a_key_is_no_token_anywhere_else() {
    String key = Platform.createKey(name, "models", List.of(MODEL)).text("/key");

    for (String path : List.of("/api/api-keys", "/api/applications", "/api/audit", "/session")) {
      assertThat(Api.send("GET", path, key, null).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void a_revoked_key_opens_nothing_within_a_second() throws InterruptedException {
    ApiResponse created = Platform.createKey(name, "models", List.of(MODEL));
    OpenAIClient client = client(created.text("/key"));
    // There are as many calls as there may be replicas, so that each of them has cached the key.
    for (int i = 0; i < 6; i++) {
      assertThat(client.models().list().data()).hasSize(1);
    }

    sam.post(
            "/api/api-keys/" + created.text("/apiKey/apiKeyId") + "/revoke",
            Map.of("reason", "A test is over"))
        .expect(200);

    Thread.sleep(BOUND);
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> client.models().list()).isInstanceOf(UnauthorizedException.class);
    }
  }

  private static String ask(OpenAIClient client, String model) {
    return client
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Billing was wrong again")
                .build())
        .choices()
        .getFirst()
        .message()
        .content()
        .orElseThrow();
  }

  private static OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(Platform.access().gateway() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }
}
