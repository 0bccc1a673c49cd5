package io.plumbline.inference.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests streams event by event, as the API's documentation describes them. */
class AnthropicStreamTests {

  private static final String START =
      """
      {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",
      "content":[],"model":"claude-x","stop_reason":null,"stop_sequence":null,
      "usage":{"input_tokens":25,"cache_read_input_tokens":10,"output_tokens":1}}}\
      """;
  private static final String STOP = "{\"type\":\"message_stop\"}";

  private final StreamTranslation stream = Protocol.of(Protocol.ANTHROPIC).newStreamTranslation();

  @Test
  void text_is_passed_on_piece_by_piece() {
    assertThat(read(START)).isEmpty();
    assertThat(read(block(0, "{\"type\":\"text\",\"text\":\"\"}"))).isEmpty();
    assertThat(read("{\"type\":\"ping\"}")).isEmpty();
    assertThat(deltas(text(0, "Hel")))
        .containsExactly(json("{\"content\":\"Hel\",\"role\":\"assistant\"}"));
    assertThat(deltas(text(0, "lo"))).containsExactly(json("{\"content\":\"lo\"}"));
    assertThat(read(blockStop(0))).isEmpty();
    assertThat(read(end("end_turn"))).isEmpty();

    List<StreamTranslation.Piece> end = read(STOP);

    assertThat(chunk(end.get(0)).at("/choices/0"))
        .isEqualTo(json("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"));
    assertThat(chunk(end.get(0)).path("model").asString()).isEqualTo("claude-x");
    assertThat(chunk(end.get(1)).path("choices")).isEmpty();
    assertThat(chunk(end.get(1)).path("usage"))
        .isEqualTo(
            json(
                """
                {"prompt_tokens":35,"completion_tokens":15,"total_tokens":50,
                "prompt_tokens_details":{"cached_tokens":10},
                "completion_tokens_details":{"reasoning_tokens":0}}\
                """));
    assertThat(end.get(2)).isInstanceOf(StreamTranslation.Done.class);
    assertThat(end).hasSize(3);
  }

  @Test
  void tools_are_called_in_parts_and_thinking_says_nothing() {
    read(START);
    assertThat(read(block(0, "{\"type\":\"thinking\",\"thinking\":\"\"}"))).isEmpty();
    assertThat(read(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}"))).isEmpty();
    assertThat(read(delta(0, "{\"type\":\"signature_delta\",\"signature\":\"s\"}"))).isEmpty();
    read(blockStop(0));
    assertThat(
            deltas(
                block(1, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"look\",\"input\":{}}")))
        .containsExactly(
            json(
                """
                {"tool_calls":[{"index":0,"id":"t1","type":"function",
                "function":{"name":"look","arguments":""}}],"role":"assistant"}\
                """));
    assertThat(read(partial(1, ""))).isEmpty();
    assertThat(deltas(partial(1, "{\\\"at\\\": \\\"U")))
        .containsExactly(arguments(0, "{\"at\": \"U"));
    assertThat(deltas(partial(1, "lm\\\"}"))).containsExactly(arguments(0, "lm\"}"));
    assertThat(read(blockStop(1))).isEmpty();
    read(block(2, "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"now\",\"input\":{}}"));
    assertThat(deltas(blockStop(2))).containsExactly(arguments(1, "{}"));
    read(end("tool_use"));

    assertThat(chunk(read(STOP).getFirst()).at("/choices/0/finish_reason").asString())
        .isEqualTo("tool_calls");
  }

  @Test
  void tools_of_the_server_are_not_the_callers_to_run() {
    read(START);
    assertThat(
            read(
                block(
                    0,
                    "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web\",\"input\":{}}")))
        .isEmpty();
    assertThat(read(partial(0, "{"))).isEmpty();
    assertThat(read(blockStop(0))).isEmpty();
  }

  @Test
  void an_error_in_the_middle_is_one_in_openais_shape() {
    read(START);
    read(text(0, "Hel"));

    ObjectNode chunk =
        chunk(
            read("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")
                .getFirst());

    assertThat(chunk.at("/error/code").asString()).isEqualTo("overloaded_error");
    assertThat(chunk.at("/error/message").asString()).isEqualTo("Overloaded");
  }

  @Test
  void a_refusal_says_why_and_an_empty_answer_is_one() {
    read(START);
    read(
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\","
            + "\"stop_details\":{\"explanation\":\"unsafe\"}}}");

    List<StreamTranslation.Piece> end = read(STOP);

    assertThat(chunk(end.getFirst()).at("/choices/0/delta"))
        .isEqualTo(json("{\"refusal\":\"unsafe\",\"role\":\"assistant\"}"));
    assertThat(chunk(end.get(1)).at("/choices/0/finish_reason").asString())
        .isEqualTo("content_filter");
    // No count of the output arrived; the one of the start does not count the answer.
    assertThat(end.get(2)).isInstanceOf(StreamTranslation.Done.class);
  }

  @Test
  void an_answer_of_endless_tool_calls_is_malformed() {
    read(START);
    for (int i = 0; i < AnthropicStream.MAX_TOOL_CALLS; i++) {
      assertThat(read(toolUse(i))).hasSize(1);
    }

    assertThat(read(toolUse(AnthropicStream.MAX_TOOL_CALLS)))
        .containsExactly(new StreamTranslation.Malformed());
  }

  /** Each of these texts is kept until the end of the stream. */
  @Test
  void the_model_and_the_reason_of_the_end_have_the_bound_of_the_arguments() {
    String half = "x".repeat(AnthropicStream.MAX_KEPT / 2);
    read(START.replace("claude-x", half));
    read(START.replace("claude-x", half));
    read(START.replace("claude-x", "claude-x"));
    read(START.replace("claude-x", half));

    assertThat(read(end(half))).containsExactly(new StreamTranslation.Malformed());
  }

  /** Another value than a number may be as large as an event. */
  @Test
  void no_count_is_kept_but_numbers() {
    AnthropicStream kept = new AnthropicStream();
    kept.read(
        "{\"type\":\"message_delta\",\"usage\":{\"input_tokens\":[[]],\"output_tokens\":7,"
            + "\"output_tokens_details\":{\"thinking_tokens\":3,\"other\":[]},\"other\":1}}");

    assertThat(kept.keptCounts())
        .isEqualTo(json("{\"output_tokens\":7,\"output_tokens_details\":{\"thinking_tokens\":3}}"));
  }

  private static String toolUse(int index) {
    return block(index, "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"look\",\"input\":{}}");
  }

  @Test
  void what_a_later_version_adds_is_ignored() {
    read(START);

    assertThat(read("{\"type\":\"message_applause\",\"index\":3}")).isEmpty();
    assertThat(read(block(4, "{\"type\":\"hologram\"}"))).isEmpty();
    assertThat(read(delta(4, "{\"type\":\"hologram_delta\"}"))).isEmpty();
  }

  @Test
  void what_is_no_event_or_ends_without_a_reason_is_malformed() {
    assertThat(read("oops").getFirst()).isInstanceOf(StreamTranslation.Malformed.class);
    assertThat(read("{\"choices\":[]}").getFirst()).isInstanceOf(StreamTranslation.Malformed.class);
    assertThat(read(STOP).getFirst()).isInstanceOf(StreamTranslation.Malformed.class);
  }

  private List<StreamTranslation.Piece> read(String data) {
    return stream.read(data);
  }

  private List<JsonNode> deltas(String data) {
    return read(data).stream().map(piece -> chunk(piece).at("/choices/0/delta")).toList();
  }

  private static ObjectNode chunk(StreamTranslation.Piece piece) {
    assertThat(piece).isInstanceOf(StreamTranslation.Chunk.class);
    // The chunk is read back from its JSON, in which all kinds of numbers are equal.
    return (ObjectNode) json(((StreamTranslation.Chunk) piece).body().toString());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static JsonNode arguments(int index, String part) {
    ObjectNode delta = JsonMapper.shared().createObjectNode();
    delta
        .putArray("tool_calls")
        .addObject()
        .put("index", index)
        .putObject("function")
        .put("arguments", part);
    return delta;
  }

  private static String block(int index, String block) {
    return "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
        .formatted(index, block);
  }

  private static String delta(int index, String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}".formatted(index, delta);
  }

  private static String text(int index, String text) {
    return delta(index, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  private static String partial(int index, String json) {
    return delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + json + "\"}");
  }

  private static String blockStop(int index) {
    return "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index);
  }

  private static String end(String reason) {
    return """
    {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},
    "usage":{"output_tokens":15}}\
    """
        .formatted(reason);
  }

  /** Each start of a call may have arguments of a megabyte, which are kept until its end. */
  @Test
  void arguments_at_the_start_of_calls_are_bounded_together() {
    read(START);
    String start =
        "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":\"%s\"}}"
            .formatted("x".repeat(400_000));

    assertThat(read(block(0, start))).hasSize(1);
    assertThat(read(block(1, start))).hasSize(1);
    assertThat(read(block(2, start)))
        .singleElement()
        .isInstanceOf(StreamTranslation.Malformed.class);
  }
}
