package io.plumbline.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.abstention.Abstention;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StreamAbstentionDetectorTests {

  private final AnswerTexts texts = new AnswerTexts();
  private final StreamAbstentionDetector abstention =
      new StreamAbstentionDetector(new Abstention(null, "unknown"), 2, texts);

  @Test
  void a_stream_of_two_choices_says_once_whether_it_abstains() {
    ObjectNode first = read(0, "unknown", true);
    ObjectNode second = read(1, "It is blue.", false);
    boolean openBetween = abstention.mustStillWriteAbstained();
    ObjectNode last = read(1, "", true);

    assertThat(first.has("plumbline")).isFalse();
    assertThat(second.has("plumbline")).isFalse();
    assertThat(openBetween).isTrue();
    assertThat(last.path("plumbline").toString()).isEqualTo("{\"abstained\":false}");
    assertThat(abstention.mustStillWriteAbstained()).isFalse();
    assertThat(read(1, "", true).has("plumbline")).isFalse();
  }

  @Test
  void two_choices_that_both_abstain_are_an_abstention() {
    ObjectNode first = read(1, "unknown", true);
    ObjectNode last = read(0, "unknown", true);

    assertThat(first.has("plumbline")).isFalse();
    assertThat(last.path("plumbline").toString()).isEqualTo("{\"abstained\":true}");
  }

  @Test
  void a_stream_of_fewer_choices_than_asked_for_leaves_it_to_be_said() {
    read(0, "unknown", true);

    assertThat(abstention.mustStillWriteAbstained()).isTrue();
    assertThat(abstention.isAbstention()).isTrue();
  }

  @Test
  void choices_that_nobody_can_ask_for_take_no_memory() {
    read(AnswerTexts.MAX_CHOICES, "unknown", false);
    read(-1, "unknown", false);

    assertThat(abstention.isAbstention()).isFalse();
  }

  @Test
  void the_choices_of_a_stream_share_the_memory_of_one_text() {
    read(0, "unknown", true);
    assertThat(abstention.isAbstention()).isTrue();

    String text = " ".repeat(100_000);
    for (int sent = 0; sent <= AnswerTexts.MAX_CHARACTERS; sent += text.length()) {
      read(sent / text.length(), text, false);
    }

    assertThat(abstention.isAbstention()).isFalse();
  }

  private ObjectNode read(int index, String text, boolean ends) {
    ObjectNode chunk = JsonMapper.shared().createObjectNode();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
    choice.putObject("delta").put("content", text);
    if (ends) {
      choice.put("finish_reason", "stop");
    }
    texts.add(chunk);
    abstention.readChunk(chunk);
    return chunk;
  }
}
