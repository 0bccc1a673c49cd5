package io.plumbline.inference.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests streams event by event, as the API's documentation has them, with single quotes. */
class GeminiStreamTests {

  private final StreamTranslation stream = Protocol.of(Protocol.GEMINI).newStreamTranslation();

  @Test
  void text_is_passed_on_piece_by_piece_and_ends_with_the_stream() {
    assertThat(deltas(event("'parts':[{'text':'Hel'}],'role':'model'", "")))
        .containsExactly(QuotedJson.read("{'content':'Hel','role':'assistant'}"));
    assertThat(
            deltas(
                """
                {'candidates':[{'content':{'parts':[{'text':'lo'}],'role':'model'},'finishReason':'STOP','index':0}],
                'usageMetadata':{'promptTokenCount':35,'candidatesTokenCount':15,'thoughtsTokenCount':5,
                'cachedContentTokenCount':10,'totalTokenCount':55},'modelVersion':'gemini-3-pro-001'}\
                """))
        .containsExactly(QuotedJson.read("{'content':'lo'}"));

    List<StreamTranslation.Piece> end = stream.end();

    assertThat(chunk(end.get(0)).at("/choices/0"))
        .isEqualTo(QuotedJson.read("{'index':0,'delta':{},'finish_reason':'stop'}"));
    assertThat(chunk(end.get(0)).path("model").asString()).isEqualTo("gemini-3-pro-001");
    assertThat(chunk(end.get(1)).path("choices")).isEmpty();
    assertThat(chunk(end.get(1)).path("usage"))
        .isEqualTo(
            QuotedJson.read(
                """
                {'prompt_tokens':35,'completion_tokens':20,'total_tokens':55,
                'prompt_tokens_details':{'cached_tokens':10},
                'completion_tokens_details':{'reasoning_tokens':5}}\
                """));
    assertThat(end.get(2)).isInstanceOf(StreamTranslation.Done.class);
    assertThat(end).hasSize(3);
  }

  @Test
  void a_reason_with_every_part_ends_nothing_before_the_stream_ends() {
    assertThat(deltas(event("'parts':[{'text':'Hel'}]", ",'finishReason':'STOP'"))).hasSize(1);
    assertThat(deltas(event("'parts':[{'text':'lo'}]", ",'finishReason':'STOP'"))).hasSize(1);

    assertThat(finish()).isEqualTo("stop");
  }

  @Test
  void a_tool_is_called_at_once_with_its_signature_and_thoughts_say_nothing() {
    assertThat(deltas(event("'parts':[{'text':'hm','thought':true}]", ""))).isEmpty();
    assertThat(
            deltas(
                event(
                    """
                    'parts':[{'functionCall':{'id':'f1','name':'look','args':{'at':'Ulm'}},'thoughtSignature':'c2ln'},
                    {'functionCall':{'id':'f2','name':'now'}}]\
                    """,
                    "")))
        .containsExactly(
            QuotedJson.read(
                """
                {'tool_calls':[{'index':0,'id':'f1','type':'function',
                'function':{'name':'look','arguments':'{^at^:^Ulm^}'},
                'extra_content':{'google':{'thought_signature':'c2ln'}}}],'role':'assistant'}\
                """),
            QuotedJson.read(
                """
                {'tool_calls':[{'index':1,'id':'f2','type':'function',
                'function':{'name':'now','arguments':'{}'}}]}\
                """));
    assertThat(deltas(event("'parts':[{'text':''}]", ",'finishReason':'STOP'"))).isEmpty();

    assertThat(finish()).isEqualTo("tool_calls");
  }

  @Test
  void a_stream_that_stops_before_a_reason_has_not_ended() {
    read(event("'parts':[{'text':'Hel'}]", ""));

    assertThat(stream.end()).isEmpty();
  }

  @Test
  void a_stream_without_anything_has_not_ended() {
    assertThat(stream.end()).isEmpty();
  }

  @Test
  void each_candidate_has_to_end() {
    read(
        """
        {'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP','index':0},
        {'content':{'parts':[{'text':'b'}]},'index':1}]}\
        """);
    assertThat(stream.end()).isEmpty();

    assertThat(
            chunk(
                    read("{'candidates':[{'content':{'parts':[{'text':'c'}]},'index':1}]}")
                        .getFirst())
                .at("/choices/0/index")
                .asInt())
        .isEqualTo(1);
    read("{'candidates':[{'finishReason':'MAX_TOKENS','index':1}]}");

    assertThat(
            stream.end().stream()
                .filter(StreamTranslation.Chunk.class::isInstance)
                .map(piece -> chunk(piece).at("/choices/0/finish_reason").asString()))
        .containsExactly("stop", "length");
  }

  @Test
  void an_answer_that_is_cut_off_says_why() {
    read(event("'parts':[{'text':'It'}]", ""));
    read("{'candidates':[{'finishReason':'SAFETY','index':0}]}");

    List<StreamTranslation.Piece> end = stream.end();

    assertThat(chunk(end.getFirst()).at("/choices/0/delta/refusal").asString()).contains("SAFETY");
    assertThat(chunk(end.get(1)).at("/choices/0/finish_reason").asString())
        .isEqualTo("content_filter");
  }

  @Test
  void a_blocked_prompt_is_a_refusal() {
    assertThat(
            read(
                "{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':4}}"))
        .isEmpty();

    List<StreamTranslation.Piece> end = stream.end();

    assertThat(chunk(end.getFirst()).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunk(end.getFirst()).at("/choices/0/delta/refusal").asString()).contains("SAFETY");
    assertThat(chunk(end.get(1)).at("/choices/0/finish_reason").asString())
        .isEqualTo("content_filter");
    assertThat(chunk(end.get(2)).at("/usage/prompt_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void an_empty_answer_is_one() {
    read("{'candidates':[{'finishReason':'STOP','index':0}]}");

    assertThat(chunk(stream.end().getFirst()).at("/choices/0/delta"))
        .isEqualTo(QuotedJson.read("{'content':'','role':'assistant'}"));
  }

  @Test
  void an_error_in_the_middle_is_one_in_openais_shape() {
    read(event("'parts':[{'text':'Hel'}]", ""));

    ObjectNode chunk =
        chunk(
            read("{'error':{'code':503,'message':'The model is"
                    + " overloaded.','status':'UNAVAILABLE'}}")
                .getFirst());

    assertThat(chunk.at("/error/code").asString()).isEqualTo("unavailable");
    assertThat(chunk.at("/error/message").asString()).isEqualTo("The model is overloaded.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DONE]",
        "no JSON",
        "[]",
        "{}",
        "{'candidates':[{'index':8}]}",
        "{'candidates':[{'index':-1}]}"
      })
  void anything_else_is_malformed(String data) {
    assertThat(read(data)).containsExactly(new StreamTranslation.Malformed());
  }

  private List<StreamTranslation.Piece> read(String data) {
    return stream.read(QuotedJson.quoted(data));
  }

  private List<JsonNode> deltas(String data) {
    return read(data).stream().map(piece -> chunk(piece).at("/choices/0/delta")).toList();
  }

  private String finish() {
    return chunk(stream.end().getFirst()).at("/choices/0/finish_reason").asString();
  }

  private static String event(String content, String more) {
    return "{'candidates':[{'content':{" + content + "},'index':0" + more + "}]}";
  }

  private static ObjectNode chunk(StreamTranslation.Piece piece) {
    return (ObjectNode) QuotedJson.sent(((StreamTranslation.Chunk) piece).body());
  }

  /** A caller's chunk is made of each part, which takes a hundred times as much memory. */
  @Test
  void an_event_of_endless_parts_is_malformed() {
    String part = "{'text':'a'}";
    String most = String.join(",", Collections.nCopies(GeminiStream.MAX_PIECES, part));

    assertThat(read(event("'parts':[" + most + "]", ""))).hasSize(GeminiStream.MAX_PIECES);
    assertThat(read(event("'parts':[" + most + "," + part + "]", "")))
        .containsExactly(new StreamTranslation.Malformed());
  }

  @Test
  void the_reasons_of_all_candidates_are_bounded_together() {
    String reason = "{'candidates':[{'index':%d,'finishReason':'STOP','finishMessage':'%s'}]}";
    String half = "x".repeat(GeminiStream.MAX_KEPT / 2);
    read(reason.formatted(0, half));
    read(reason.formatted(0, half));

    assertThat(read(reason.formatted(1, half))).containsExactly(new StreamTranslation.Malformed());
  }

  /** Counts with ever new names would be kept to the end. */
  @Test
  void nothing_is_kept_of_an_event_but_known_counts_and_reasons() {
    GeminiStream kept = new GeminiStream();
    kept.read(
        QuotedJson.quoted(
            "{'candidates':[{'finishReason':'STOP','rest':[1,2,3]}],"
                + "'usageMetadata':{'promptTokenCount':1,'other':2}}"));

    assertThat(kept.keptCounts()).isEqualTo(QuotedJson.read("{'promptTokenCount':1}"));
    assertThat(chunk(kept.end().get(1)).at("/choices/0/finish_reason").asString())
        .isEqualTo("stop");
  }
}
