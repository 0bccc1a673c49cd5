package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes an agent with two tools through the whole loop. The questions and the tools that it has to
 * call are a dataset. A model that calls the wrong tool fails, one that calls the right tool is
 * released, and its calls are traced.
 */
@ExtendWith(Platform.class)
class AgentIT {

  private static final int ITEMS = 240;
  private static final Map<String, String> SCORER = Map.of("type", "tool_calls");
  private static final Pattern ORDER = Pattern.compile("order (\\d+)");

  private final ApiUser ada = Platform.user("ada");
  private final String name = Platform.uniqueName("agent");
  private final GovernedChat chat = new GovernedChat(name);

  @Test
  void an_agent_with_two_tools_goes_through_the_whole_loop() {
    try (ScriptedProvider good = new ScriptedProvider(request -> answer(request, true));
        ScriptedProvider bad = new ScriptedProvider(request -> answer(request, false))) {
      good.connect(name);
      bad.connect(name + "-bad");
      chat.register("Answers questions about orders");
      String split = chat.admittedSplit(ITEMS, this::item);
      String suite = chat.suite(split, "test", SCORER);
      chat.judgeBy(suite, "tool_calls", "TASK_QUALITY");
      String prompt = prompt();
      String rightOne = chat.variant(prompt, name + "/m");
      String wrongOne = chat.variant(prompt, name + "-bad/m");
      String validation = chat.suite(split, "validation", SCORER);
      chat.run(validation, rightOne);
      chat.run(validation, wrongOne);

      assertThat(chat.judge(wrongOne).at("/outcome").asString()).isEqualTo("FAIL");
      chat.release(rightOne, chat.pass(rightOne), 0, "ACTIVE");

      conversation();
    }
  }

  private void conversation() {
    List<Map<String, ?>> messages = new ArrayList<>();
    messages.add(Map.of("role", "user", "content", "Where is order 4711?"));
    ApiResponse called = call(messages);
    JsonNode message = called.json().at("/choices/0/message");
    assertThat(message.at("/tool_calls/0/function/name").asString()).isEqualTo("find_order");
    assertThat(message.at("/tool_calls/0/function/arguments").asString()).contains("4711");
    messages.add(Map.of("role", "assistant", "tool_calls", message.path("tool_calls")));
    messages.add(Map.of("role", "tool", "tool_call_id", "c1", "content", "in Leeds"));

    ApiResponse answered = call(messages);

    assertThat(answered.text("/choices/0/message/content")).isEqualTo("Your order is in Leeds.");
    JsonNode trace =
        ada.await(
            "the trace",
            GovernedChat.TIMEOUT,
            "/api/traces/" + answered.header("x-plumbline-trace"),
            found -> found.has("trace"));
    assertThat(trace.at("/trace/application").asString()).isEqualTo(name);
    assertThat(trace.path("steps").valueStream().map(step -> step.path("kind").asString()).toList())
        .contains("CALL");
  }

  private ApiResponse call(List<Map<String, ?>> messages) {
    return await()
        .atMost(GovernedChat.TIMEOUT)
        .until(
            () ->
                ada.post(
                    "/v1/chat/completions", Map.of("model", "app/" + name, "messages", messages)),
            apiResponse -> apiResponse.status() == 200);
  }

  /**
   * Returns a conversation in the format of OpenAI's fine-tuning: the last message of the assistant
   * is the expected one.
   */
  private String item(int number) {
    Map<String, ?> asked =
        Map.of("role", "user", "content", question(number) + " " + words(number));
    Map<String, ?> right = toolCall(request(List.of(asked)), true);
    List<Map<String, ?>> messages =
        number % 3 == 2
            ? List.of(
                asked,
                right,
                Map.of("role", "tool", "tool_call_id", "c1", "content", "in " + words(-number)),
                ScriptedProvider.says("Your order is in " + words(-number) + "."))
            : List.of(asked, right);
    return JsonMapper.shared().writeValueAsString(Map.of("messages", messages));
  }

  private static String question(int number) {
    return number % 3 == 1
        ? "I want my money back for order " + number + "."
        : "Where is order " + number + "?";
  }

  /** Returns words that no other item has. */
  private String words(int number) {
    return GovernedApplication.words(new Random(31L * name.hashCode() + number), 12);
  }

  private String prompt() {
    return chat.prompt(
        name,
        "You look after orders of " + name + ".",
        Map.of("parameters", Map.of("tools", List.of(tool("find_order"), tool("refund_order")))));
  }

  private static Map<String, Object> tool(String tool) {
    return Map.of(
        "type",
        "function",
        "function",
        Map.of(
            "name",
            tool,
            "description",
            "By the number of the order",
            "parameters",
            Map.of(
                "type",
                "object",
                "properties",
                Map.of("number", Map.of("type", "integer")),
                "required",
                List.of("number"))));
  }

  private static JsonNode request(List<Map<String, ?>> messages) {
    return JsonMapper.shared().valueToTree(Map.of("messages", messages));
  }

  private static Map<String, ?> answer(JsonNode request, boolean right) {
    JsonNode last = request.path("messages").get(request.path("messages").size() - 1);
    return last.path("role").asString().equals("tool")
        ? ScriptedProvider.says("Your order is " + last.path("content").asString() + ".")
        : toolCall(request, right);
  }

  private static Map<String, ?> toolCall(JsonNode request, boolean right) {
    String text =
        request
            .path("messages")
            .get(request.path("messages").size() - 1)
            .path("content")
            .asString();
    Matcher order = ORDER.matcher(text);
    String number = order.find() ? order.group(1) : "0";
    String tool = text.contains("money back") == right ? "refund_order" : "find_order";
    return ScriptedProvider.calls(tool, "{\"number\":" + number + "}");
  }
}
