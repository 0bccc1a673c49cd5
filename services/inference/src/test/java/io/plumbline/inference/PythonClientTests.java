package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the Python clients that teams use, with nothing changed but address and key. For each there
 * is a program in {@code src/test/python}, written as a user would write it, and beside it a {@code
 * .jsonl} file with the outcome that each of its calls must have.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonClientTests extends InferenceTest {

  private static final List<String> PROGRAMS =
      List.of(
          "openai_client",
          "langchain_agent",
          "pydantic_ai_agent",
          "instructor_typed",
          "litellm_calls",
          "dspy_program");

  private static final String NAME = "python-clients";
  private static final String CHOICE = ReleaseSteps.MODEL;
  private static final String EMBEDDINGS = "local/bge-small-en-v1.5";
  private static final String CHAT =
      "{\"messages\":[{\"type\":\"placeholder\",\"name\":\"conversation\"}],"
          + "\"variables\":{\"type\":\"object\",\"properties\":{}},\"examples\":[],"
          + "\"parameters\":{},\"responseFormat\":null}";

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @LocalServerPort int port;

  private final ScriptedApi model = new ScriptedApi(EchoModel::reply);
  private final Map<String, PythonPrograms.Outcome> outcomes = new HashMap<>();

  @BeforeAll
  void run_every_program(@TempDir Path homes) throws IOException {
    PythonPrograms python = PythonPrograms.prepare();
    Map<String, String> environment =
        Map.of(
            "OPENAI_BASE_URL",
            "http://127.0.0.1:" + port + "/v1",
            "OPENAI_API_KEY",
            released(),
            "OPEN",
            "app/" + NAME + "@staging",
            "CLOSED",
            "app/" + NAME + "@production",
            "CHOICE",
            CHOICE,
            "EMBEDDINGS",
            EMBEDDINGS);
    for (String program : PROGRAMS) {
      Path home = Files.createDirectory(homes.resolve(program));
      outcomes.put(program, python.run(program, home, environment));
    }
  }

  @AfterAll
  void stop() {
    model.close();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void a_call_gives_what_its_client_makes_of_the_answer(
      String program, String call, JsonNode expected) {
    assertThat(given(program).get(call)).as(outcome(program).output()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void a_program_makes_all_of_its_calls_and_no_other(String program) throws IOException {
    PythonPrograms.Outcome outcome = outcome(program);

    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(given(program).keySet()).isEqualTo(lines(expected(program)).keySet());
  }

  static List<String> programs() {
    return PROGRAMS;
  }

  static Stream<Arguments> calls() throws IOException {
    Stream.Builder<Arguments> calls = Stream.builder();
    for (String program : PROGRAMS) {
      lines(expected(program))
          .forEach(
              (call, got) -> calls.add(argumentSet(program + ", " + call, program, call, got)));
    }
    return calls.build();
  }

  private static String expected(String program) throws IOException {
    return Files.readString(Path.of("src/test/python", program + ".jsonl"));
  }

  private PythonPrograms.Outcome outcome(String program) {
    return outcomes.getOrDefault(program, new PythonPrograms.Outcome(-1, "not run"));
  }

  private Map<String, JsonNode> given(String program) {
    return lines(outcome(program).output());
  }

  /** Returns the outcome of each call; clients print warnings between these lines. */
  private static Map<String, JsonNode> lines(String output) {
    Map<String, JsonNode> calls = new LinkedHashMap<>();
    output
        .lines()
        .filter(line -> line.startsWith("{\"call\":"))
        .map(JsonMapper.shared()::readTree)
        .forEach(line -> calls.put(line.path("call").asString(), line.path("got")));
    return calls;
  }

  private void listModel() {
    String name = NAME + "/m";
    events.publish(
        new BaseModelListed(
            name,
            Digest.ofText(name),
            NAME,
            4_096,
            Money.usd("1"),
            null,
            Money.usd("1"),
            "terms",
            null,
            false),
        name,
        1);
  }

  /** Waits until the model's listing, and with it the size of its context window, has arrived. */
  private static void awaitWindow(TestClient.TestCaller who, String variant) {
    Map<String, Object> call =
        Map.of(
            "model",
            "variant/" + variant,
            "messages",
            List.of(Map.of("role", "user", "content", "word ".repeat(5_000))));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> who.post("/v1/chat/completions", call).status() == 400);
  }

  /**
   * Releases a variant that allows its callers everything and one of the default caller policy, and
   * returns an API key that may call both.
   */
  private String released() {
    register(events, NAME, TaskType.GENERATION);
    connect(client, NAME, model.url() + "/v1");
    TestClient.TestCaller ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    ReleaseSteps steps = new ReleaseSteps(events, ada);
    Digest criteria = Digest.ofText("criteria of " + NAME);
    steps.activatePolicy();
    listModel();
    steps.registerCriteria(NAME, criteria);
    Digest prompt = NEIGHBOURS.publish(CHAT);
    events.publish(
        new PromptVersionPublished("chat", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    Map.of(
            "staging",
            List.of("system-messages", "tools", "extensions", "response_format", "temperature"),
            "production",
            List.<String>of())
        .forEach((environment, allowed) -> {
          String variant =
              createVariant(
                  ada,
                  variantOf(
                      NAME,
                      prompt,
                      NAME + "/m",
                      Map.of("callerPolicy", Map.of("allowed", allowed))));
          Map<String, Object> request =
              Map.of(
                  "application",
                  NAME,
                  "environment",
                  environment,
                  "variantDigest",
                  variant,
                  "verdictId",
                  steps.judge(NAME, variant, criteria, Outcome.PASS));
          Answer requested = settled(() -> ada.post("/api/releases", request));
          assertThat(requested.status()).as(requested.body()).isEqualTo(202);
          String release = requested.json().path("releaseId").asString();
          steps.approve(release, variant);
          steps.awaitState(release, "ACTIVE");
          awaitWindow(ada, variant);
        });
    Answer created =
        client
            .as("sam", Role.SRE)
            .post(
                "/api/api-keys",
                Map.of(
                    "name",
                    NAME,
                    "applications",
                    List.of(NAME),
                    "models",
                    List.of(CHOICE, EMBEDDINGS)));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.json().path("key").asString();
  }
}
