package io.plumbline.evaluation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.ContentPattern;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.prompttemplate.content.PromptContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fake of the inference API and the token endpoint. It classifies mail with the word "money" as
 * spam.
 */
final class InferenceFake {

  static final Digest WEAK = Digest.ofText("weak variant");
  static final Digest STRONG = Digest.ofText("strong variant");
  static final Digest BROKEN = Digest.ofText("broken variant");
  static final Digest SLOW = Digest.ofText("slow variant");

  /** A variant that classifies every mail as a friend's. */
  static final Digest POOR = Digest.ofText("poor variant");

  /** A variant that calls a tool when asked for a refund, and else says how long it takes. */
  static final Digest CALLING = Digest.ofText("calling variant");

  /**
   * A judge that gives 0.9 to an answer that says how long it takes, and 0.2 to any other. It costs
   * more than the judged variants.
   */
  static final Digest JUDGE = Digest.ofText("judge");

  /** A judge like {@link #JUDGE} that gives the third conversation no score. */
  static final Digest FICKLE_JUDGE = Digest.ofText("fickle judge");

  /** A variant that answers from documents, but abstains if the question's number ends with 0. */
  static final Digest READER = Digest.ofText("reader");

  /** A variant like the calling one, for which inference has no capacity for late conversations. */
  static final Digest HESITATING = Digest.ofText("hesitating variant");

  /** A variant that refuses friendly mail until it is {@link #mend mended}. */
  static final Digest FAULTY = Digest.ofText("faulty variant");

  /** A variant that also uses a model whose price was never published. */
  static final Digest UNLISTED = Digest.ofText("variant with an unlisted model");

  /** The prompt of every variant; prompt-registry is faked here too. */
  static final Digest PROMPT;

  private static final String CONTENT =
      """
      {"prompt": "triage", "version": 1,
       "messages": [{"role": "system", "content": "You sort mail."}],
       "variables": {"type": "object", "properties": {}},
       "examples": [{"input": "Subject: example\\n\\nbuy now or never", "output": "spam"}],
       "parameters": {}, "responseFormat": null}
      """;

  static {
    PROMPT = CanonicalJson.digest(JsonMapper.shared().readValue(CONTENT, PromptContent.class));
  }

  /** The digest of a variant whose answers come without a cost. */
  static final Digest UNPRICED = Digest.ofText("unpriced variant");

  private static final String PATH = "/v1/chat/completions";
  private static final String EMBEDDINGS = "/v1/embeddings";

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  private final MappingBuilder faulty =
      request(4, FAULTY.hex())
          .withRequestBody(containing("friend"))
          .willReturn(aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"no\"}}"))
          .withId(UUID.randomUUID());

  private final MappingBuilder hesitating =
      request(6, HESITATING.hex())
          .withRequestBody(matching("(?s).*, asks \\w+[5-9]\\d\\?.*"))
          .willReturn(aResponse().withStatus(503).withBody("{\"error\":{\"message\":\"no\"}}"))
          .withId(UUID.randomUUID());

  InferenceFake() {
    server.start();
    server.stubFor(
        post(urlEqualTo("/token"))
            .willReturn(
                okJson("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
    promptVersion(PROMPT, CONTENT);
    server.stubFor(request(1, "").willReturn(label("ham")));
    unprices(UNPRICED);
    server.stubFor(request(2, "money").willReturn(label("spam")));
    // The weak variant misses "MONEY" in capitals; the strong one does not.
    server.stubFor(
        request(3, "MONEY").withRequestBody(containing(WEAK.hex())).willReturn(label("ham")));
    server.stubFor(
        request(3, "MONEY").withRequestBody(containing(STRONG.hex())).willReturn(label("spam")));
    server.stubFor(
        request(4, BROKEN.hex())
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody("{\"error\":{\"message\":\"no such tool\"}}")));
    server.stubFor(request(4, POOR.hex()).willReturn(label("ham")));
    server.stubFor(
        request(4, UNLISTED.hex())
            .willReturn(
                okJson(
                        "{\"choices\":[{\"message\":{\"content\":\"{\\\"label\\\":\\\"ham\\\"}\"}}]}")
                    .withHeader("x-plumbline-cost", "0.000010 USD")
                    .withHeader("x-plumbline-usage", "acme/large;100;0;10,acme/unlisted;7;0;0")));
    server.stubFor(faulty);
    server.stubFor(
        request(4, CALLING.hex())
            .willReturn(message("{\"role\":\"assistant\",\"content\":\"It takes 14 days.\"}")));
    server.stubFor(
        request(5, CALLING.hex())
            .withRequestBody(containing("Refund"))
            .withRequestBody(containing("\"tools\""))
            .willReturn(
                message(
                    """
                    {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                     "function":{"name":"refund","arguments":"{\\"order\\": 7}"}}]}
                    """)));
    server.stubFor(
        request(4, HESITATING.hex())
            .willReturn(message("{\"role\":\"assistant\",\"content\":\"It takes 14 days.\"}")));
    server.stubFor(hesitating);
    for (Digest judge : List.of(JUDGE, FICKLE_JUDGE)) {
      server.stubFor(request(6, judge.hex()).willReturn(judgement("0.2", "It names no number.")));
      server.stubFor(
          request(7, judge.hex())
              .withRequestBody(containing("14 days"))
              .willReturn(judgement("0.9", "It takes 14 days.")));
    }
    server.stubFor(
        request(8, FICKLE_JUDGE.hex())
            .withRequestBody(matching("(?s).*, asks \\D+3\\?.*"))
            .willReturn(completion("I like it.")));
    reads(READER);
    // The embeddings of two sentences are each near to themselves alone.
    server.stubFor(
        post(urlEqualTo(EMBEDDINGS))
            .willReturn(
                okJson(
                    "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":1,\"embedding\":[0,1]}],"
                        + "\"usage\":{\"prompt_tokens\":9}}")));
    server.stubFor(request(4, SLOW.hex()).willReturn(label("spam").withFixedDelay(40)));
    server.stubFor(
        request(5, "mail 7 ")
            .withRequestBody(containing(WEAK.hex()))
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0"))
            .willSetStateTo("free"));
  }

  private static MappingBuilder request(int priority, String text) {
    return post(urlEqualTo(PATH)).atPriority(10 - priority).withRequestBody(containing(text));
  }

  private static ResponseDefinitionBuilder label(String label) {
    return message(
        "{\"role\":\"assistant\",\"content\":\"{\\\"label\\\":\\\"" + label + "\\\"}\"}");
  }

  private static ResponseDefinitionBuilder message(String message) {
    return okJson("{\"choices\":[{\"message\":" + message + "}]}")
        .withHeader("x-plumbline-cost", "0.000010 USD")
        .withHeader("x-plumbline-usage", "acme/large;100;0;10")
        .withHeader("x-plumbline-overhead-ms", "0.75")
        .withHeader("x-plumbline-processor", "AMD EPYC (avx2)");
  }

  private static ResponseDefinitionBuilder judgement(String score, String reason) {
    return completion("{\"score\": %s, \"reason\": \"%s\"}".formatted(score, reason));
  }

  private static ResponseDefinitionBuilder completion(String content) {
    Map<String, ?> message = Map.of("role", "assistant", "content", content);
    return okJson(
            JsonMapper.shared()
                .writeValueAsString(
                    Map.of(
                        "choices",
                        List.of(Map.of("message", message)),
                        "usage",
                        Map.of("prompt_tokens", 40, "completion_tokens", 9))))
        .withHeader("x-plumbline-cost", "0.000500 USD");
  }

  /** Lets a variant answer from documents, with the passages, if it is asked for them. */
  void reads(Digest variant) {
    MappingBuilder answers = request(4, variant.hex());
    MappingBuilder unsure = request(5, variant.hex()).withRequestBody(ofQuestion('5'));
    MappingBuilder abstains = request(5, variant.hex()).withRequestBody(ofQuestion('0'));
    server.stubFor(passages(answers).willReturn(read(false, "0.9")));
    server.stubFor(passages(unsure).willReturn(read(false, "0.55")));
    server.stubFor(passages(abstains).willReturn(read(true, "0.1")));
  }

  private static ContentPattern<?> ofQuestion(char last) {
    return matching("(?s).*, asks \\w+" + last + "\\?.*");
  }

  private static MappingBuilder passages(MappingBuilder request) {
    return request.withHeader("x-plumbline-include", equalTo("passages"));
  }

  private static ResponseDefinitionBuilder read(boolean abstained, String confidence) {
    return okJson(
            """
            {"choices": [{"message": {"role": "assistant", "content": "%s", "annotations": [%s]}}],
             "plumbline": {"abstained": %s, "confidence": %s, "passages": [{"number": 1, "passageId": "p1",
              "documentId": "returns.md", "title": "Returns", "section": "Shop > Returns", "start": 0, "end": 29,
              "score": 0.7, "text": "It takes 14 days. Fees apply."}]}}
            """
                .formatted(
                    abstained ? "I do not know." : "It takes 14 days. [1]",
                    abstained
                        ? ""
                        : """
                        {"type": "url_citation", "url_citation": {"start_index": 18, "end_index": 21,
                          "url": "document:returns.md", "title": "Returns"},
                         "passage": {"number": 1, "passageId": "p1", "documentId": "returns.md",
                          "section": "Shop > Returns", "start": 0, "end": 29}}
                        """,
                    abstained,
                    confidence))
        .withHeader("x-plumbline-cost", "0.000010 USD");
  }

  /** Lets a variant answer without a cost, as inference does where it knows no price. */
  void unprices(Digest variant) {
    server.stubFor(
        request(4, variant.hex())
            .willReturn(
                okJson(
                    "{\"choices\":[{\"message\":{\"content\":\"{\\\"label\\\":\\\"ham\\\"}\"}}]}")));
  }

  /** Returns the number of calls for embeddings so far. */
  int embeddings() {
    return server
        .countRequestsMatching(postRequestedFor(urlEqualTo(EMBEDDINGS)).build())
        .getCount();
  }

  /** Sets the answer of prompt-registry for a digest. */
  void promptVersion(Digest digest, String answer) {
    server.stubFor(get(urlEqualTo("/api/prompt-versions/" + digest)).willReturn(okJson(answer)));
  }

  /** Lets a variant's server fail every call with a message of its own. */
  void fails(Digest variant) {
    server.stubFor(failing(variant));
  }

  /** Lets a variant's server limit every call. */
  void limits(Digest variant) {
    server.stubFor(limiting(variant));
  }

  private static MappingBuilder limiting(Digest variant) {
    return request(9, variant.hex())
        .willReturn(failure(429, "limit").withHeader("Retry-After", "1"));
  }

  /** Lets a server answer again that {@link #fails} or {@link #limits}. */
  void recovers(Digest variant) {
    server.removeStub(failing(variant));
    server.removeStub(limiting(variant));
  }

  private static MappingBuilder failing(Digest variant) {
    return request(9, variant.hex())
        .willReturn(
            aResponse()
                .withStatus(502)
                .withHeader("x-plumbline-failure", "model")
                .withBody(
                    """
                    {"error": {"message": "dead/m answered with status 500: CUDA out of memory",
                      "code": "provider_failed"}}
                    """))
        .withId(UUID.nameUUIDFromBytes(variant.hex().getBytes(StandardCharsets.UTF_8)));
  }

  /** Lets every second call of a variant fail. */
  void failsEverySecond(Digest variant) {
    String scenario = "every second " + variant;
    server.stubFor(
        request(8, variant.hex())
            .inScenario(scenario)
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(failure(502, "model"))
            .willSetStateTo("answers"));
    server.stubFor(
        request(8, variant.hex())
            .inScenario(scenario)
            .whenScenarioStateIs("answers")
            .willReturn(label("spam"))
            .willSetStateTo(Scenario.STARTED));
  }

  /** Lets every second call of a variant be limited. */
  void limitsEverySecond(Digest variant) {
    String scenario = "limited " + variant;
    server.stubFor(
        request(8, variant.hex())
            .inScenario(scenario)
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(failure(429, "limit").withHeader("Retry-After", "0"))
            .willSetStateTo("answers"));
    server.stubFor(
        request(8, variant.hex())
            .inScenario(scenario)
            .whenScenarioStateIs("answers")
            .willReturn(label("spam"))
            .willSetStateTo(Scenario.STARTED));
  }

  private static ResponseDefinitionBuilder failure(int status, String owner) {
    return aResponse()
        .withStatus(status)
        .withHeader("x-plumbline-failure", owner)
        .withBody("{\"error\":{\"message\":\"no\",\"code\":\"provider_failed\"}}");
  }

  /** Lets a variant answer slowly. */
  void slows(Digest variant) {
    server.stubFor(request(4, variant.hex()).willReturn(label("spam").withFixedDelay(40)));
  }

  /** Lets a variant see that "MONEY" is spam, which others miss. */
  void strengthens(Digest variant) {
    server.stubFor(
        request(3, "MONEY").withRequestBody(containing(variant.hex())).willReturn(label("spam")));
  }

  void mend() {
    server.removeStub(faulty);
  }

  /** Lets a variant say how long it takes; any other takes a conversation for a mail. */
  void explains(Digest variant) {
    says(variant, "It takes 14 days.");
  }

  /** Lets a variant always say the same. */
  void says(Digest variant, String content) {
    server.stubFor(
        request(4, variant.hex())
            .willReturn(
                message(
                    JsonMapper.shared()
                        .writeValueAsString(Map.of("role", "assistant", "content", content)))));
  }

  /**
   * Lets a variant say how long a customer may return a parcel, by the variable {@code tier} of its
   * prompt; as inference does, it refuses a call without the variables.
   */
  void fills(Digest variant) {
    server.stubFor(
        request(4, variant.hex())
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody(
                        "{\"error\":{\"message\":\"plumbline_variables lack [question,"
                            + " tier]\"}}")));
    Map.of("gold", "30 days", "silver", "14 days")
        .forEach((tier, answer) ->
            server.stubFor(
                request(5, variant.hex())
                    .withRequestBody(
                        matchingJsonPath("$.plumbline_variables[?(@.tier == '" + tier + "')]"))
                    .withRequestBody(matchingJsonPath("$.plumbline_variables.question"))
                    .willReturn(
                        message("{\"role\":\"assistant\",\"content\":\"" + answer + "\"}"))));
  }

  /** Returns the bodies of the requests to a variant. */
  List<String> bodiesOf(Digest variant) {
    return server
        .findAll(postRequestedFor(urlEqualTo(PATH)).withRequestBody(containing(variant.hex())))
        .stream()
        .map(LoggedRequest::getBodyAsString)
        .toList();
  }

  void accept() {
    server.removeStub(hesitating);
  }

  String url() {
    return server.baseUrl();
  }

  /** Returns the number of calls of a variant whose traces nobody may see. */
  int sealedCallsOf(Digest variant) {
    return server
        .countRequestsMatching(
            postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(containing(variant.hex()))
                .withHeader("x-plumbline-sealed", equalTo("true"))
                .build())
        .getCount();
  }

  int callsOf(Digest variant) {
    return server
        .countRequestsMatching(
            postRequestedFor(urlEqualTo(PATH))
                .withRequestBody(containing(variant.hex()))
                .withHeader("x-plumbline-cache", equalTo("bypass"))
                .build())
        .getCount();
  }

  /**
   * Returns the number of calls once no call is open. A request is recorded when it has been
   * answered, even if its client has gone by then.
   */
  int callsOnceIdle(Digest variant) {
    AtomicInteger calls = new AtomicInteger(callsOf(variant));
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          int now = callsOf(variant);
          return calls.getAndSet(now) == now;
        });
    return calls.get();
  }
}
