package io.plumbline.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plumbline.demo.driver.PromptDriver;
import io.plumbline.e2e.GovernedApplication;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.ScriptedProvider;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks clients that teams use, unchanged but for address and key: each feature against a released
 * variant that allows its callers everything, and against one of the default caller policy.
 */
@ExtendWith(Platform.class)
class ClientsIT {

  private static final List<String> CLIENTS =
      List.of("openai-java", "openai-node", "LangChain4j", "Spring AI", "Vercel AI SDK");

  private static final String NAME = Platform.uniqueName("clients");
  private static final String OPEN = "app/" + NAME + "@staging";
  private static final String CLOSED = "app/" + NAME + "@production";
  private static final Map<String, Chat> CHATS = new LinkedHashMap<>();

  private static ScriptedProvider provider;

  @BeforeAll
  static void release() throws IOException {
    provider = new ScriptedProvider(EchoModel::answer);
    GovernedApplication application = GovernedApplication.create(NAME);
    provider.connect(NAME);
    String prompt = prompt();
    release(
        application,
        "staging",
        prompt,
        List.of(
            "system-messages", "tools", "images", "extensions", "response_format", "temperature"));
    release(application, "production", prompt, List.of());
    String key = Platform.createKey(NAME, "applications", List.of(NAME)).text("/key");
    String url = Platform.access().gateway() + "/v1";
    NodeChat.install();
    List<String> models = List.of(OPEN, CLOSED);
    CHATS.put("openai-java", new OpenAiJavaChat(url, key));
    CHATS.put("openai-node", new NodeChat("openai.mjs", url, key, models));
    CHATS.put("LangChain4j", new LangChain4jChat(url, key));
    CHATS.put("Spring AI", new SpringAiChat(url, key));
    CHATS.put("Vercel AI SDK", new NodeChat("ai.mjs", url, key, models));
  }

  @AfterAll
  static void disconnect() {
    provider.close();
  }

  /** Publishes a prompt of the caller's conversation, and nothing else. */
  private static String prompt() {
    return new PromptDriver(Platform.user("ada"), NAME + "-chat")
        .createWith(
            Map.of("messages", List.of(Map.of("type", "placeholder", "name", "conversation"))));
  }

  private static void release(
      GovernedApplication application, String environment, String prompt, List<String> allowed) {
    String variant =
        application.createVariant(
            environment, prompt, NAME + "/m", Map.of("callerPolicy", Map.of("allowed", allowed)));
    application.release(variant, application.pass(variant), environment);
  }

  static Stream<Arguments> cells() {
    return CLIENTS.stream()
        .flatMap(client ->
            Arrays.stream(Feature.values())
                .map(feature -> argumentSet(client + ", " + feature, client, feature)));
  }

  private static Chat chat(String client) {
    return Optional.ofNullable(CHATS.get(client)).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void what_a_variant_allows_reaches_its_model(String client, Feature feature) throws Exception {
    Chat.Reply reply = chat(client).use(feature, OPEN);

    assertThat(reply.refused()).as(reply.text()).isFalse();
    assertThat(reply.text().replace(" \"", "\"")).contains(feature.seen());
    if (feature == Feature.STREAMING) {
      assertThat(reply.parts()).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void what_a_variant_does_not_allow_is_overridden_or_refused_by_name(
      String client, Feature feature) throws Exception {
    Chat.Reply reply = chat(client).use(feature, CLOSED);

    switch (feature.treatment()) {
      case ALLOWED -> {
        assertThat(reply.refused()).as(reply.text()).isFalse();
        assertThat(reply.text()).contains(feature.seen());
      }
      case OVERRIDDEN -> {
        assertThat(reply.refused()).as(reply.text()).isFalse();
        // The variant sets no temperature, and its prompt has no response format.
        assertThat(reply.text()).contains("temperature: none", "format: none");
      }
      case REFUSED -> {
        assertThat(reply.refused()).as(reply.text()).isTrue();
        assertThat(reply.text()).contains(feature.named());
      }
    }
  }
}
