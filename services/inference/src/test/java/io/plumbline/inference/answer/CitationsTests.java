package io.plumbline.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.retrieval.Passage;
import io.plumbline.inference.retrieval.SamplePassages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CitationsTests {

  private static final List<Passage> PASSAGES =
      List.of(
          SamplePassages.of(1, "One", "A > B", "first"), SamplePassages.of(2, "", "", "second"));
  private static final Citations CITATIONS = new Citations(PASSAGES);

  private final AnswerTexts texts = new AnswerTexts();

  @Test
  void a_mark_with_the_number_of_a_passage_becomes_an_annotation() {
    assertThat(CITATIONS.annotationsOf("So it is [1]."))
        .isEqualTo(
            json(
                """
                [{"type":"url_citation","url_citation":{"start_index":9,"end_index":12,
                   "url":"https://docs.example.com/1","title":"One"},
                  "passage":{"number":1,"passageId":"id-1","documentId":"docs/1.md",
                   "section":"A > B","start":10,"end":15}}]
                """));
  }

  @Test
  void a_document_without_address_is_named_by_its_id() {
    JsonNode cited = CITATIONS.annotationsOf("[2]").get(0).path("url_citation");

    assertThat(cited.path("url").asString()).isEqualTo("document:docs%2F2.md");
    assertThat(cited.path("title").asString()).isEqualTo("docs/2.md");
  }

  @Test
  void other_marks_stay_text() {
    assertThat(CITATIONS.annotationsOf("[0] [3] [9] [01] [1 ] [1, 2] [-1] [100] 1] [1 [a]"))
        .isEmpty();
    assertThat(new Citations(List.of()).annotationsOf("[1]")).isEmpty();
    assertThat(CITATIONS.annotationsOf("[2][1] and [1]"))
        .extracting(each -> each.at("/passage/number").asInt())
        .containsExactly(2, 1, 1);
    assertThat(CITATIONS.annotationsOf("[1]".repeat(1_000))).hasSize(Citations.MAX_CITATIONS);
  }

  @Test
  void annotations_of_the_model_itself_stay() {
    ObjectNode answer =
        (ObjectNode)
            json(
                """
                {"choices":[
                  {"message":{"content":"x [1]","annotations":[{"type":"file"}]}},
                  {"message":{"content":null,"tool_calls":[]}},
                  {"message":{"content":"[7]"}},
                  {"message":{"content":"[1]","annotations":null}}]}
                """);

    CITATIONS.annotate(answer);

    assertThat(answer.path("choices").valueStream().map(each -> each.at("/message/annotations")))
        .extracting(JsonNode::size)
        .containsExactly(2, 0, 0, 1);
    assertThat(answer.at("/choices/0/message/annotations/0/type").asString()).isEqualTo("file");
  }

  /** Drops such fields, with which a provider could claim citations that it does not make. */
  @Test
  void what_a_provider_says_of_passages_is_not_passed_on() {
    ObjectNode answer =
        (ObjectNode)
            json(
                """
                {"plumbline":{"abstained":true},"choices":[
                  {"message":{"content":"x","annotations":[
                    {"type":"url_citation","passage":{"number":1,"documentId":"docs/1.md"}},null]}},
                  {"delta":{"annotations":[{"type":"url_citation","passage":{"number":1}}]}}]}
                """);

    AnswerExtension.removeForged(answer);

    assertThat(answer)
        .isEqualTo(
            json(
                """
                {"choices":[{"message":{"content":"x","annotations":[{"type":"url_citation"},null]}},
                  {"delta":{"annotations":[{"type":"url_citation"}]}}]}
                """));
  }

  @Test
  void a_mark_in_pieces_comes_with_the_chunk_that_ends_its_choice() {
    StreamedCitations stream = new StreamedCitations(CITATIONS, texts);

    assertThat(annotate(stream, chunk(0, "see [", null))).isFalse();
    assertThat(annotate(stream, chunk(1, "[2]", null))).isFalse();
    assertThat(annotate(stream, chunk(0, "1]", null))).isFalse();
    ObjectNode last = chunk(0, null, "stop");
    assertThat(annotate(stream, last)).isTrue();
    ObjectNode other = chunk(1, " [3]", "stop");
    assertThat(annotate(stream, other)).isTrue();

    assertThat(last.at("/choices/0/delta/annotations/0/url_citation/start_index").asInt())
        .isEqualTo(4);
    assertThat(last.at("/choices/0/delta/annotations")).hasSize(1);
    assertThat(other.at("/choices/0/delta/annotations/0/passage/number").asInt()).isEqualTo(2);
    assertThat(stream.remainingChoices()).isEmpty();
  }

  @Test
  void a_stream_that_ends_no_choice_is_followed_by_what_it_cites() {
    StreamedCitations stream = new StreamedCitations(CITATIONS, texts);
    annotate(stream, chunk(0, "see [1]", null));

    assertThat(stream.remainingChoices().orElseThrow().at("/0/delta/annotations")).hasSize(1);
    assertThat(stream.remainingChoices()).isEmpty();
    assertThat(new StreamedCitations(CITATIONS, new AnswerTexts()).remainingChoices()).isEmpty();
  }

  @Test
  void what_an_answer_says_beside_is_added_to_a_copy() {
    ObjectNode cached = JsonMapper.shared().createObjectNode();
    AnswerExtension.writeConfidence(cached, 0.5);
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.setAll(cached);

    AnswerExtension.writePassages(answer, PASSAGES);
    AnswerExtension.writeAbstained(answer, true);

    assertThat(cached).isEqualTo(json("{\"plumbline\":{\"confidence\":0.5}}"));
    assertThat(answer.path("plumbline").propertyNames())
        .containsExactly("confidence", "passages", "abstained");
    assertThat(answer.at("/plumbline/passages/0"))
        .isEqualTo(
            json(
                """
                {"number":1,"passageId":"id-1","documentId":"docs/1.md","title":"One",
                 "section":"A > B","url":"https://docs.example.com/1","start":10,"end":15,
                 "score":1.0,"text":"first"}
                """));
    assertThat(answer.at("/plumbline/passages/1").has("url")).isFalse();
    ObjectNode chunk = JsonMapper.shared().createObjectNode();
    AnswerExtension.copyTo(answer, chunk);
    assertThat(chunk.path("plumbline")).isEqualTo(answer.path("plumbline"));
  }

  /** An answer of 2 MiB would be searched for marks, and takes twice that while it grows. */
  @Test
  void a_text_that_was_cut_has_no_citations_and_the_others_have() {
    StreamedCitations stream = new StreamedCitations(CITATIONS, texts);
    annotate(stream, chunk(0, "[1]" + " ".repeat(AnswerTexts.MAX_CHARACTERS - 6), null));
    annotate(stream, chunk(1, "[2]", null));
    annotate(stream, chunk(0, "[2]", null));
    ObjectNode first = chunk(0, null, "stop");
    ObjectNode second = chunk(1, null, "stop");
    annotate(stream, first);
    annotate(stream, second);

    assertThat(first.at("/choices/0/delta/annotations")).isEmpty();
    assertThat(second.at("/choices/0/delta/annotations")).hasSize(1);
  }

  private boolean annotate(StreamedCitations stream, ObjectNode chunk) {
    texts.add(chunk);
    return stream.annotate(chunk);
  }

  private static ObjectNode chunk(int index, @Nullable String content, @Nullable String finish) {
    ObjectNode chunk = JsonMapper.shared().createObjectNode();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
    choice.putObject("delta").put("content", content);
    choice.put("finish_reason", finish);
    return chunk;
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
