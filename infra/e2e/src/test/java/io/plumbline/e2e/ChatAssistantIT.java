package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the commands of docs/chat-assistant.md as they stand there. A team brings its assistant from
 * a server at a private address to a released variant, its client calls it, and it goes back from a
 * second one. The server answers as vLLM would, and answers well by the prompt with the rules of
 * the shop.
 */
@ExtendWith(Platform.class)
class ChatAssistantIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path DOCS = Platform.ROOT.resolve("docs").toAbsolutePath();
  private static final String CHATS = "chat-assistant.jsonl";
  private static final String JUDGE = "mistralai/";
  private static final String ROLLBACK = "/rollback";
  private static final String THOUGHT = "The customer asks about the shop.";

  private final String prefix = Platform.uniqueName("shop");
  private final String application = prefix + "-support";
  private final Map<String, ObjectNode> answers = new HashMap<>();
  private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;

  @Test
  void the_commands_of_the_page_lead_from_a_server_to_a_release_and_back() throws Exception {
    assumeTrue(
        Stream.of("bash", "curl", "jq").allMatch(PageCommands::isInstalled),
        "the page needs bash, curl and jq");
    Path chats = readChats();
    try (ScriptedProvider server = new ScriptedProvider(this::answer)) {
      PageCommands page =
          PageCommands.ofPlatform(
              DOCS.resolve("chat-assistant.md"), replaced(server, chats.toString()), folder);

      UnaryOperator<String> made =
          page.run(
              page.before(ROLLBACK),
              passwords(),
              List.of("RULES_PROMPT", "VALIDATION", "TEST", "CRITERIA", "RELEASE"));

      assertServedAndTraced();
      assertThat(asked)
          .anySatisfy(request -> {
            assertThat(request.at("/model").asString()).isEqualTo("Qwen/Qwen3-8B");
            assertThat(request.at("/chat_template_kwargs/enable_thinking").asBoolean(true))
                .isFalse();
          });
      goesBack(page, made);
    }
  }

  private void assertServedAndTraced() throws IOException {
    JsonNode answer = JSON.readTree(folder.resolve("answer.json"));
    assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Gladly.");
    assertThat(answer.at("/choices/0/message/reasoning").asString()).isEqualTo(THOUGHT);
    String said = Files.readString(folder.resolve("commands.log"));
    assertThat(said).contains("\"outcome\": \"PASS\"", "\"status\": \"OK\"");
    assertThat(said).contains(prefix + "-gpu/Qwen/Qwen3-8B answered a short call");
  }

  /** Rolls back the next variant, which was released as the first was. */
  private void goesBack(PageCommands page, UnaryOperator<String> made) throws Exception {
    GovernedChat chat = new GovernedChat(application);
    chat.judgeBy(made.apply("TEST"), made.apply("CRITERIA"));
    String next = chat.variant(made.apply("RULES_PROMPT"), prefix + "-gpu/Qwen/Qwen3-8B");
    chat.run(made.apply("VALIDATION"), next);
    String release = chat.release(next, chat.pass(next), 0, "ACTIVE");

    Map<String, String> variables = new HashMap<>(passwords());
    variables.put("NEXT", release);
    page.run(page.with("token()") + page.with(ROLLBACK), variables, List.of());

    chat.awaitRelease(release, "ROLLED_BACK");
    chat.awaitRelease(made.apply("RELEASE"), "ACTIVE");
  }

  private Map<String, String> passwords() {
    return Stream.of("ada", "ben", "sam", "root")
        .collect(Collectors.toMap(name -> name, name -> Platform.access().passwordOf(name)));
  }

  /** Returns names that no other test has, and the server of this one. */
  private Map<String, String> replaced(ScriptedProvider server, String chats) {
    Map<String, String> replaced = new LinkedHashMap<>();
    replaced.put("http://10\\.20\\.0\\.\\d:8000/v1", server.url());
    replaced.put("docs/chat-assistant\\.jsonl", chats);
    replaced.put("\\bshop-(?=support|gpu|judge|chats)", prefix + "-");
    return replaced;
  }

  /**
   * Reads what answers each conversation of the page. They are uploaded as they are: how many of
   * the test items expect a call, which decides the threshold of the page, follows from their
   * words.
   */
  private Path readChats() throws IOException {
    Path chats = DOCS.resolve(CHATS);
    for (String line : Files.readAllLines(chats)) {
      JsonNode messages = JSON.readTree(line).path("messages");
      answers.put(
          messages.get(messages.size() - 2).path("content").asString(),
          (ObjectNode) messages.get(messages.size() - 1));
    }
    return chats.toAbsolutePath();
  }

  private Map<String, ?> answer(JsonNode request) {
    asked.add(request);
    JsonNode messages = request.path("messages");
    String last = messages.get(messages.size() - 1).path("content").asString("");
    if (request.path("model").asString().startsWith(JUDGE)) {
      return judgement(JSON.readTree(last));
    }
    if (!messages.get(0).path("content").asString("").contains("by these rules alone")) {
      return ScriptedProvider.says("Please write to customer care.");
    }
    ObjectNode known = answers.get(last);
    if (known == null) {
      return Map.of("role", "assistant", "content", "Gladly.", "reasoning", THOUGHT);
    }
    return known.has("tool_calls")
        ? ScriptedProvider.calls(
            known.at("/tool_calls/0/function/name").asString(),
            known.at("/tool_calls/0/function/arguments").asString())
        : ScriptedProvider.says(known.path("content").asString());
  }

  /** Judges an answer by the reference; without one, calling a tool is right. */
  private static Map<String, ?> judgement(JsonNode frame) {
    String content = frame.at("/answer/content").asString("");
    boolean right =
        frame.has("references")
            ? frame
                .path("references")
                .valueStream()
                .anyMatch(each -> content.equals(each.asString()))
            : frame.at("/answer").has("tool_calls");
    return ScriptedProvider.says(
        "{\"reason\": \"As the reference has it.\", \"score\": %s}".formatted(right ? 0.9 : 0.1));
  }
}
