package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.TestTokenIssuer;
import io.plumbline.platform.test.Workspaces;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests how OpenAI's own client, with its retries, meets answers that break their format. */
class InvalidOutputTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{"temperature":0},
       "responseFormat":{"type":"object","properties":{"label":{"enum":["spam","ham"]}},
         "required":["label"]}}
      """;
  private static final String FREE_TEXT =
      """
      {"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
      "content":"Perhaps spam."},"finish_reason":"stop"}]}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired TestTokenIssuer tokens;
  @LocalServerPort int port;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "i" + suffix;
  private final String application = "mail-" + suffix;

  @Test
  void it_is_asked_for_once_and_is_one_error_of_its_arm() {
    try (ScriptedApi api = new ScriptedApi(body -> new ScriptedApi.Reply(200, FREE_TEXT))) {
      connect(client, provider, api.url());
      String release = released();
      OpenAIClient openai =
          OpenAIOkHttpClient.builder()
              .baseUrl("http://127.0.0.1:" + port + "/v1")
              .apiKey(tokens.person("vera", Workspaces.ACME, Role.VIEWER))
              .build();

      assertThatThrownBy(() ->
              openai
                  .chat()
                  .completions()
                  .create(
                      ChatCompletionCreateParams.builder()
                          .model("app/" + application)
                          .addUserMessage("Win!")
                          .build()))
          .isInstanceOf(UnprocessableEntityException.class)
          .hasMessageContaining("does not follow the response format");

      openai.close();
      assertThat(api.waiting()).isEqualTo(1);
      ArmReported reported =
          events.awaitPublished(
              ArmReported.class, arm -> arm.releaseId().toString().equals(release));
      assertThat(reported.requests()).isEqualTo(1);
      assertThat(reported.errors()).isEqualTo(1);
    }
  }

  private String released() {
    TestClient.TestCaller ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    ReleaseSteps releases = new ReleaseSteps(events, ada);
    Digest criteria = Digest.ofText("criteria of " + application);
    Digest prompt = NEIGHBOURS.publish(PROMPT.strip());
    events.publish(
        new PromptVersionPublished("mail", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    register(events, application, TaskType.CLASSIFICATION);
    releases.registerCriteria(application, criteria);
    releases.activatePolicy();
    String variant = createVariant(ada, variantOf(application, prompt, provider + "/m", Map.of()));
    UUID verdict = releases.judge(application, variant, criteria, Outcome.PASS);
    Answer requested =
        settled(() ->
            ada.post(
                "/api/releases",
                Map.of(
                    "application", application,
                    "variantDigest", variant,
                    "verdictId", verdict.toString())));
    assertThat(requested.status()).as(requested.body()).isEqualTo(202);
    String release = requested.json().path("releaseId").asString();
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");
    return release;
  }
}
