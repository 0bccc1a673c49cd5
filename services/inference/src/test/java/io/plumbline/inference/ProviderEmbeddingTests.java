package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests embeddings by the model of a provider. */
class ProviderEmbeddingTests extends InferenceTest {

  private static final String TWO =
      """
      {"object":"list","model":"embed-1-2026","data":[
      {"object":"embedding","index":0,"embedding":[0.5,-1.0]},
      {"object":"embedding","index":1,"embedding":[0.25,2.0]}],
      "usage":{"prompt_tokens":7,"total_tokens":7}}\
      """;

  private static final String ONE_UNCOUNTED =
      "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5]}]}";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String name = "e" + UUID.randomUUID().toString().substring(0, 8);
  private final String model = name + "/embed-1";
  private final ScriptedApi api = new ScriptedApi();
  private TestClient.TestCaller vera;

  @BeforeEach
  void connect() {
    connect(client, name, api.url() + "/v1", "embed-1");
    vera = client.as("vera", Role.PROMPT_ENGINEER);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_batch_is_passed_on_and_metered() {
    api.answers(200, TWO);

    Answer answer = embed(Map.of("input", List.of("a", "b"), "dimensions", 2, "user", "jo"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(JsonMapper.shared().readTree(TWO.replace("embed-1-2026", model)));
    ScriptedApi.Received request = api.next();
    assertThat(request.address()).isEqualTo("/v1/embeddings");
    assertThat(request.header("authorization")).isEqualTo("Bearer sesame");
    assertThat(request.body())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"model":"embed-1","input":["a","b"],"dimensions":2,"user":"jo"}\
                    """));
    assertThat(answer.header("x-plumbline-overhead-ms")).isNotNull();
    assertThat(answer.header("x-plumbline-cost")).isEmpty();
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("operation").asString()).isEqualTo("EMBEDDING");
    assertThat(trace.path("inputTokens").asInt()).isEqualTo(7);
    awaitMetered(model, 7, 0);
  }

  @Test
  void a_listed_price_is_what_it_costs() {
    events.publish(
        new BaseModelListed(
            model,
            Digest.ofText(model),
            name,
            512,
            Money.usd("1000"),
            null,
            Money.usd("0"),
            "Apache-2.0",
            null,
            false),
        model,
        1);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          api.answers(200, TWO);
          assertThat(embed(Map.of("input", List.of("a", "b"))).header("x-plumbline-cost"))
              .isEqualTo("0.007 USD");
        });
  }

  @Test
  void numbers_are_encoded_where_the_provider_does_not() {
    api.answers(200, TWO);

    Answer answer = embed(Map.of("input", List.of("a", "b"), "encoding_format", "base64"));

    assertThat(answer.json().at("/data/0/embedding").asString()).isEqualTo("AAAAPwAAgL8=");
    assertThat(api.next().body().path("encoding_format").asString()).isEqualTo("base64");
  }

  @Test
  void what_the_provider_has_encoded_stays_as_it_is() {
    api.answers(200, ONE_UNCOUNTED.replace("[0.5]", "\"AAAAPw==\""));

    Answer answer = embed(Map.of("input", "a", "encoding_format", "base64"));

    assertThat(answer.json().at("/data/0/embedding").asString()).isEqualTo("AAAAPw==");
  }

  @Test
  void tokens_that_nobody_counts_are_estimated() {
    api.answers(200, ONE_UNCOUNTED);
    assertThat(embed(Map.of("input", "nine byte")).json().at("/usage/prompt_tokens").asInt())
        .isEqualTo(3);

    api.answers(200, ONE_UNCOUNTED);
    assertThat(
            embed(Map.of("input", List.of(11, 12, 13, 14)))
                .json()
                .at("/usage/prompt_tokens")
                .asInt())
        .isEqualTo(4);
    awaitMetered(model, 7, 0);
  }

  @Test
  void a_limited_rate_is_waited_for() {
    api.answers(429, "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}");
    api.answers(200, TWO);

    assertThat(embed(Map.of("input", List.of("a", "b"))).status()).isEqualTo(200);
    assertThat(api.waiting()).isEqualTo(2);
  }

  @Test
  void a_refusal_keeps_its_status_and_code_and_leaves_a_trace() {
    api.answers(400, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}");

    Answer answer = embed(Map.of("input", "a"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(errorCode(answer)).isEqualTo("context_length_exceeded");
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("status").asString()).isEqualTo("ERROR");
    assertThat(trace.path("error").asString()).isEqualTo("context_length_exceeded");
  }

  @Test
  void an_answer_with_too_few_vectors_is_none() {
    api.answers(200, TWO);

    assertThat(errorCode(embed(Map.of("input", "a")))).isEqualTo("provider_malformed");
  }

  @Test
  void an_answer_that_would_fill_the_memory_is_refused_with_what_to_do() {
    api.answers(200, ONE_UNCOUNTED + " ".repeat(17 << 20));

    Answer answer = embed(Map.of("input", "a"));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(errorCode(answer)).isEqualTo("provider_answer_too_long");
    assertThat(answer.body()).contains("ask for less at once");
  }

  @Test
  void what_cannot_be_embedded_is_refused_before_anything_is_sent() {
    for (Object input :
        List.of(
            "", List.of(), List.of("a", ""), List.of(Map.of()), Collections.nCopies(2_049, "a"))) {
      Answer answer = embed(Map.of("input", input));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().at("/error/param").asString()).isEqualTo("input");
    }
    assertThat(
            embed(Map.of("input", "a", "encoding_format", "hex"))
                .json()
                .at("/error/param")
                .asString())
        .isEqualTo("encoding_format");
    assertThat(api.waiting()).isZero();
  }

  @Test
  void gemini_embeds_in_one_batch() {
    String gemini = name + "-g";
    Answer added =
        client
            .as("root", Role.ADMIN)
            .post(
                "/api/providers",
                Map.of("name", gemini, "kind", "gemini", "baseUrl", api.url() + "/v1beta"));
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    api.answers(200, "{\"embeddings\":[{\"values\":[0.5]},{\"values\":[1.5]}]}");

    Answer answer =
        vera.post(
            "/v1/embeddings",
            Map.of("model", gemini + "/gemini-embedding-001", "input", List.of("a", "b")));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/data/1/embedding/0").asDouble()).isEqualTo(1.5);
    assertThat(answer.json().at("/usage/prompt_tokens").asInt()).isEqualTo(2);
    assertThat(api.next().address())
        .isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
  }

  private Answer embed(Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", model);
    return vera.post("/v1/embeddings", body);
  }
}
