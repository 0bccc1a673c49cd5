package io.plumbline.prompttemplate.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

class InlineDataTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://canary.example:8000/x",
        "HTTPS://canary.example/x",
        "\t h\nt\0tp://canary.example/x",
        "ftp://canary.example/x",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "s3:bucket",
        "//canary.example/x",
        "\\\\canary.example\\share",
        "/etc/passwd",
        "../secret.png",
        "~/secret.png"
      })
  void what_a_server_could_fetch_is_an_address(String text) {
    assertThat(InlineData.containsAddress(StringNode.valueOf(text))).isTrue();
    assertThat(
            InlineData.containsAddress(
                JsonMapper.shared()
                    .createObjectNode()
                    .set("video", JsonMapper.shared().createArrayNode().add("AAAA").add(text))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:video/mp4;base64,AAAA",
        "DATA:image/png;base64,AAAA",
        "wav",
        "iVBORw0KGgo=",
        "Report of Q3.pdf",
        "look at http://example.org",
        ""
      })
  void content_and_words_are_no_address(String text) {
    assertThat(InlineData.containsAddress(StringNode.valueOf(text))).isFalse();
  }

  @Test
  void base64_that_begins_with_a_slash_is_content() {
    // A JPEG and an MP3 begin so.
    for (String start : new String[] {"/9j/4AAQSkZJRg", "//uQxAAA"}) {
      assertThat(InlineData.containsAddress(StringNode.valueOf(start + "A".repeat(5_000))))
          .isFalse();
      assertThat(InlineData.isInlineAudio(json("{'data':'" + start + "','format':'mp3'}")))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'format':'wav'}",
        "{'data':''}",
        "{'data':'data:audio/wav;base64,AAAA'}",
        "{'data':'AAAA','url':'http://canary.example'}",
        "'http://canary.example'"
      })
  void a_sound_is_in_its_part_alone(String audio) {
    assertThat(InlineData.isInlineAudio(json(audio))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'file_id':'file-1'}",
        "{'file_id':'file-1','file_data':'AAAA'}",
        "{'file_data':'https://canary.example/a.pdf'}",
        "{'file_data':'AAAA','file_url':'https://canary.example/a.pdf'}",
        "{'file_data':'AAAA','filename':'../a.pdf'}",
        "'file-1'"
      })
  void a_file_is_in_its_part_alone(String file) {
    assertThat(InlineData.isInlineFile(json(file))).isFalse();
  }

  @Test
  void a_file_is_base64_or_a_data_url() {
    assertThat(InlineData.isInlineFile(json("{'file_data':'AAAA','filename':'a.pdf'}"))).isTrue();
    assertThat(InlineData.isInlineFile(json("{'file_data':'data:application/pdf;base64,AA=='}")))
        .isTrue();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
