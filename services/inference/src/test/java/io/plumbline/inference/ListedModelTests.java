package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ProviderConnected;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that the models of a new variant are those that their providers list, if they list any. */
class ListedModelTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{"temperature":0}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "l" + suffix;
  private final String application = "listed-" + suffix;
  private final Digest prompt = NEIGHBOURS.publish(PROMPT.strip());
  private TestClient.TestCaller ada;

  @BeforeEach
  void registerApplication() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
    events.publish(
        new PromptVersionPublished("listed", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
  }

  private Answer create(String model, Map<String, ?> choices) {
    return settled(
        () -> ada.post("/api/variants", variantOf(application, prompt, provider + model, choices)));
  }

  @Test
  void a_model_that_its_provider_does_not_list_is_refused_until_it_is_listed() {
    connect(client, provider, NEIGHBOURS.url() + "/v1", "my-7b");
    TestClient.TestCaller root = client.as("root", Role.ADMIN);

    Answer refused = create("/my-7bb", Map.of());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").asString())
        .isEqualTo(
            "Provider '%s' lists no model 'my-7bb', only my-7b: correct the name, or ask an"
                    .formatted(provider)
                + " administrator to list the model there.");
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/model");
    Answer fallback = create("/my-7b", Map.of("fallback", List.of(provider + "/my-7bb")));
    assertThat(fallback.json().at("/errors/0/pointer").asString()).isEqualTo("/fallback/0");
    assertThat(create("/my-7b", Map.of()).status()).isEqualTo(201);

    Answer replaced =
        root.put(
            "/api/providers/" + provider + "/models", Map.of("models", List.of("my-7b", "my-7bb")));
    assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
    events.awaitPublished(
        ProviderConnected.class,
        event ->
            event.provider().equals(provider) && event.models().equals(List.of("my-7b", "my-7bb")));
    assertThat(create("/my-7bb", Map.of()).status()).isEqualTo(201);
  }

  @Test
  void a_provider_without_a_list_takes_any_model() {
    connect(client, provider, NEIGHBOURS.url() + "/v1");

    assertThat(create("/any", Map.of()).status()).isEqualTo(201);
  }
}
