package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that the preview of a prompt version is what evaluation and serving send to a model, for
 * as many generated versions as {@code -De2e.prompts=200} says.
 */
@ExtendWith(Platform.class)
class PreviewIT {

  private static final int VERSIONS = Integer.getInteger("e2e.prompts", 3);
  private static final int ROWS = 240;
  private static final int COMPARED = 3;
  private static final List<String> TEXTS =
      List.of(
          "Sort messages.",
          "{{#tone}}Stay {{tone}}.{{/tone}} Go.",
          "{{^tone}}No tone.{{/tone}} \"quoted\" \u00e9\ud83d\ude00",
          "Rules:\n  {{> rules}}\nGo.",
          "<b>{{#tone}}{{{tone}}}{{/tone}}</b> &\n\ttabbed");
  private static final List<String> ROLES = List.of("system", "user", "assistant");

  private final ApiUser ada = Platform.user("ada");
  private final String name = Platform.uniqueName("preview");
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  @Test
  void what_is_previewed_is_what_is_evaluated_and_served() {
    GovernedApplication application = GovernedApplication.create(name);
    try (ScriptedProvider provider = new ScriptedProvider(this::receive)) {
      provider.connect(name);
      String suite =
          application.suite(application.splitDigest(), "validation", Map.of("type", "label"));
      rules();
      Random random = new Random(20_261_127);
      for (int i = 0; i < VERSIONS; i++) {
        compare(application, suite, version(random, i), i);
      }
    }
    System.out.printf(
        "%d versions: previewed, evaluated and served alike for %d texts each%n",
        VERSIONS, COMPARED);
  }

  private Map<String, ?> receive(JsonNode request) {
    received.add(request.path("messages").toString());
    return ScriptedProvider.says("{\"label\":\"" + GovernedApplication.LABELS.getFirst() + "\"}");
  }

  private void compare(
      GovernedApplication application, String suite, ApiResponse version, int number) {
    String variant =
        application.createVariant(
            "version-" + number, version.text("/digest"), name + "/m", Map.of());
    received.clear();
    application.run(suite, variant);
    Set<String> evaluated = Set.copyOf(received);

    List<String> texts =
        IntStream.range(0, ROWS)
            .mapToObj(application::text)
            .filter(text -> evaluated.stream().anyMatch(messages -> messages.contains(text)))
            .limit(COMPARED)
            .toList();
    assertThat(texts).hasSize(COMPARED);
    for (String text : texts) {
      // A caller's message is passed on as it came, so its fields are in the order that evaluation
      // has.
      List<JsonNode> conversation =
          List.of(JsonMapper.shared().createObjectNode().put("role", "user").put("content", text));
      String previewed =
          ada.post(
                  "/api/prompts/" + name + "/versions/" + version.text("/version") + "/render",
                  Map.of("variables", Map.of(), "conversation", conversation))
              .expect(200)
              .json()
              .at("/request/messages")
              .toString();
      received.clear();
      ada.post(
              "/v1/chat/completions",
              Map.of("model", "variant/" + variant, "messages", conversation))
          .expect(200);

      assertThat(evaluated).contains(previewed);
      assertThat(received).containsExactly(previewed);
    }
  }

  /** Publishes the texts that some of the versions include; one of the two includes the other. */
  private void rules() {
    Map<String, ?> variables =
        Map.of("type", "object", "properties", Map.of("tone", Map.of("type", "string")));
    publish(
        name + "-tone",
        Map.of(
            "message",
            "generated",
            "messages",
            List.of(message("user", "{{#tone}}\nBe {{tone}}.\n{{/tone}}\n")),
            "variables",
            variables));
    publish(
        name + "-rules",
        Map.of(
            "message", "generated",
            "messages", List.of(message("user", "- {{> tone}}\n\n  {{> tone}}- Be brief.\n")),
            "partials", Map.of("tone", Map.of("prompt", name + "-tone", "version", 1))));
  }

  private void publish(String prompt, Map<String, ?> version) {
    ada.post("/api/prompts", Map.of("name", prompt)).expect(201);
    ada.post("/api/prompts/" + prompt + "/versions", version).expect(201);
  }

  /**
   * Instructions and examples, and the place of the caller's text: its own or a variable. Its
   * number makes it another version than all others: what was answered for one is not asked again.
   */
  private ApiResponse version(Random random, int number) {
    List<Map<String, String>> messages = new ArrayList<>();
    messages.add(message("system", "Version " + number + "."));
    IntStream.range(0, random.nextInt(3))
        .forEach(i -> messages.add(message(any(random, ROLES), any(random, TEXTS))));
    boolean variable = random.nextBoolean();
    messages.add(
        variable
            ? message("user", any(random, TEXTS) + " {{text}}")
            : Map.of("type", "placeholder", "name", "conversation"));
    IntStream.range(0, random.nextInt(2))
        .forEach(i -> messages.add(message("system", any(random, TEXTS))));
    List<Map<String, String>> examples =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(i -> Map.of("input", "input {{" + i, "output", "output \u00fc" + i))
            .toList();
    Map<String, Object> tone =
        random.nextBoolean()
            ? Map.of("type", "string", "default", "calm")
            : Map.of("type", "string");
    boolean included =
        messages.stream()
            .anyMatch(message -> message.getOrDefault("content", "").contains("{{> rules}}"));
    Map<String, Object> version =
        new HashMap<>(
            Map.of(
                "message",
                "generated",
                "messages",
                messages,
                "partials",
                included
                    ? Map.of("rules", Map.of("prompt", name + "-rules", "label", "latest"))
                    : Map.of(),
                "examples",
                examples,
                "variables",
                Map.of(
                    "type",
                    "object",
                    "required",
                    variable ? List.of("text") : List.of(),
                    "properties",
                    Map.of("text", Map.of("type", "string"), "tone", tone))));
    String versions = "/api/prompts/" + name + "/versions";
    ApiResponse apiResponse = ada.post(versions, version);
    if (apiResponse.status() == 422 && apiResponse.problem().equals("lint-errors")) {
      version.put("lintReason", "Generated: free text may stand anywhere.");
      apiResponse = ada.post(versions, version);
    }
    return apiResponse.expect(201);
  }

  private static Map<String, String> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private static String any(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
