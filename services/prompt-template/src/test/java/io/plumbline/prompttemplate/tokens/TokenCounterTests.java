package io.plumbline.prompttemplate.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TokenCounterTests {

  private static final long WITHOUT_LIMIT = 1_000_000;

  /**
   * The example of OpenAI's cookbook, How to count tokens with tiktoken, section 6; its texts are
   * OpenAI's (MIT).
   */
  private static final String COOKBOOK =
      """
      {"messages":[
        {"role":"system","content":"You are a helpful, pattern-following \
      assistant that translates corporate jargon into plain English."},
        {"role":"system","name":"example_user","content":"New synergies will help drive top-line growth."},
        {"role":"system","name":"example_assistant","content":"Things working well together \
      will increase revenue."},
        {"role":"system","name":"example_user","content":"Let's circle back when we have more \
      bandwidth to touch base on opportunities for increased leverage."},
        {"role":"system","name":"example_assistant","content":"Let's talk later when we're \
      less busy about how to do better."},
        {"role":"user","content":"This late pivot means we don't have time to boil the \
      ocean for the client deliverable."}]}
      """;

  /** Counts that the cookbook prints, its own and those of OpenAI's API. */
  @ParameterizedTest
  @CsvSource({"gpt-4,129", "gpt-3.5-turbo,129", "gpt-4o,124", "gpt-4o-mini,124"})
  void a_conversation_has_as_many_tokens_as_openai_counts(String model, long tokens) {
    TokenCount count = TokenCounter.of(model).count(request(COOKBOOK), WITHOUT_LIMIT);

    assertThat(count.count()).isEqualTo(tokens);
    assertThat(count.estimated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5,true,o200k_base",
    "gemini-2.5-pro,true,o200k_base",
    "meta-llama/Llama-3.1-8B-Instruct,true,o200k_base",
    "my-deployment,true,o200k_base",
    "gpt-4.1-mini,false,o200k_base",
    "ft:gpt-4o-mini:acme::1,false,o200k_base",
    "openai/gpt-oss-20b,false,o200k_base",
    "gpt-4-turbo,false,cl100k_base"
  })
  void a_count_says_whether_it_is_an_estimate(String model, boolean estimated, String encoding) {
    TokenCount count = TokenCounter.of(model).count(request(COOKBOOK), WITHOUT_LIMIT);

    assertThat(count.estimated()).isEqualTo(estimated);
    assertThat(count.encoding()).isEqualTo(encoding);
  }

  @Test
  void an_estimate_is_raised_by_the_margin() {
    long exact = TokenCounter.of("gpt-4o").count(request(COOKBOOK), WITHOUT_LIMIT).count();

    long estimate = TokenCounter.of("claude").count(request(COOKBOOK), WITHOUT_LIMIT).count();

    assertThat(estimate).isBetween(exact * 110 / 100, exact * 115 / 100);
  }

  @Test
  void an_image_counts_as_a_constant_and_makes_the_count_an_estimate() {
    String text = "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"look\"}IMAGE]}";
    String image =
        ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}";
    TokenCounter counter = TokenCounter.of("gpt-4o");

    TokenCount without = counter.count(messages(text.replace("IMAGE", "")), WITHOUT_LIMIT);
    TokenCount with = counter.count(messages(text.replace("IMAGE", image)), WITHOUT_LIMIT);

    assertThat(with.count() - without.count()).isEqualTo(TokenCounter.IMAGE);
    assertThat(without.estimated()).isFalse();
    assertThat(with.estimated()).isTrue();
  }

  /** The cookbook, section 7: OpenAI makes fewer tokens of this tool than its JSON has. */
  @Test
  void tools_calls_and_response_formats_count() {
    String tools =
        """
        {"messages":[
          {"role":"system","content":"You are a helpful assistant that can answer to questions about the weather."},
          {"role":"user","content":"What's the weather like in San Francisco?"}],
         "tools":[{"type":"function","function":{"name":"get_current_weather",
           "description":"Get the current weather in a given location","parameters":{"type":"object",
           "properties":{"location":{"type":"string","description":"The city and state, e.g. San Francisco, CA"},
           "unit":{"type":"string","description":"The unit of temperature to return","enum":["celsius","fahrenheit"]}},
           "required":["location"]}}}]}
        """;
    long published = 101;
    TokenCounter counter = TokenCounter.of("gpt-4o");

    assertThat(counter.count(request(tools), WITHOUT_LIMIT).count())
        .isBetween(published, published * 2);
    assertThat(
            counter
                .count(
                    messages(
                        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"look\"}}]}"),
                    WITHOUT_LIMIT)
                .count())
        .isGreaterThan(10);
    assertThat(
            counter
                .count(request("{\"response_format\":{\"type\":\"json_object\"}}"), WITHOUT_LIMIT)
                .count())
        .isGreaterThan(5);
  }

  @Test
  void nothing_has_more_tokens_than_bytes() {
    Random random = new Random(20_261_127);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(200), 32, 0x3000).forEach(text::appendCodePoint);
      ObjectNode request = JsonMapper.shared().createObjectNode();
      request.putArray("messages").addObject().put("role", "user").put("content", text.toString());

      assertThat(TokenCounter.of("gpt-4o").count(request, WITHOUT_LIMIT).count())
          .isLessThanOrEqualTo(TokenCounter.upperBound(request));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "'s", "\n", "word ", "界", "👍"})
  void counting_ends_soon_after_the_limit(String repeated) {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    request
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", repeated.repeat(4_000_000));
    long started = System.nanoTime();

    TokenCount count = TokenCounter.of("gpt-4o").count(request, 1_000);

    assertThat(count.count()).isBetween(1_001L, 30_000L);
    // A count of the whole text would take seconds.
    assertThat(System.nanoTime() - started).isLessThan(2_000_000_000L);
  }

  private static ObjectNode messages(String message) {
    return request("{\"messages\":[" + message + "]}");
  }

  private static ObjectNode request(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }
}
