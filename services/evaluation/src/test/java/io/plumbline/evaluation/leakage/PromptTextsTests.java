package io.plumbline.evaluation.leakage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.databind.json.JsonMapper;

class PromptTextsTests {

  private static PromptContent content(String parts) {
    return JsonMapper.shared()
        .readValue(
            """
            {"messages": [{"role": "user", "content": "Sort this: {{text}}"}],
             "variables": {"type": "object", "properties": {"text": {"type": "string"}}},
             "examples": [], "parameters": {}, "responseFormat": null, %s}
            """
                .formatted(parts),
            PromptContent.class);
  }

  private static PromptTexts.Texts texts(String parts) {
    PromptContent content = content(parts);
    return new PromptTexts(digest -> content).textsOf(CanonicalJson.digest(content));
  }

  @Test
  void both_sides_of_an_example_are_read() {
    assertThat(texts("\"examples\": [{\"input\": \"win money\", \"output\": \"spam\"}]").examples())
        .contains("win money", "spam");
  }

  @Test
  void a_message_is_read_without_what_its_tags_hide() {
    assertThat(
            texts(
                    "\"messages\": [{\"role\": \"system\","
                        + " \"content\": \"win{{! not }} mo{{! shown }}ney\"}]")
                .rest())
        .contains("win money");
  }

  @Test
  void the_default_of_a_variable_is_read() {
    assertThat(
            texts(
                    "\"variables\": {\"type\": \"object\", \"properties\":"
                        + " {\"rules\": {\"type\": \"array\", \"default\": [\"win money\"]}}}")
                .rest())
        .contains("win money");
  }

  @Test
  void the_description_of_a_tool_is_read() {
    assertThat(
            texts(
                    "\"parameters\": {\"tools\": [{\"type\": \"function\", \"function\":"
                        + " {\"name\": \"move\", \"description\": \"win money\"}}]}")
                .rest())
        .contains("win money");
  }

  @Test
  void the_format_of_the_answer_is_read_with_its_names() {
    assertThat(
            texts(
                    "\"responseFormat\": {\"type\": \"object\", \"properties\":"
                        + " {\"win money\": {\"description\": \"from friends\"}}}")
                .rest())
        .contains("win money", "from friends");
  }

  @Test
  void an_item_that_is_spread_over_messages_is_read_as_one_text() {
    assertThat(
            texts(
                    "\"messages\": [{\"role\": \"system\", \"content\": \"win\"},"
                        + " {\"role\": \"user\", \"content\": \"money\"}]")
                .rest())
        .anySatisfy(text -> assertThat(text.split("\\s+")).containsSubsequence("win", "money"));
  }

  private static PromptContent including(PromptContent partial, Digest digest) {
    return content("\"messages\": [{\"role\": \"system\", \"content\": \"win {{> more}}\"}]")
        .withPartials(Map.of("more", new Partial(digest.hex(), partial)));
  }

  @Test
  void an_item_that_is_spread_over_a_partial_is_read_as_one_text() {
    PromptContent partial = content("\"messages\": [{\"role\": \"user\", \"content\": \"money\"}]");
    PromptContent content = including(partial, CanonicalJson.digest(partial));

    assertThat(new PromptTexts(digest -> content).textsOf(CanonicalJson.digest(content)).rest())
        .contains("win money");
  }

  @Test
  void a_partial_of_another_digest_is_refused() {
    PromptContent partial = content("\"examples\": []");
    PromptContent content = including(partial, Digest.ofText("published"));
    PromptTexts prompts = new PromptTexts(digest -> content);

    assertThatExceptionOfType(UnknownPrompt.class)
        .isThrownBy(() -> prompts.textsOf(CanonicalJson.digest(content)))
        .withMessageContaining(
            "its partial more is not the content that the digest in the version names");
  }

  @Test
  void content_of_another_digest_is_refused() {
    PromptContent content = content("\"examples\": []");
    Digest published = Digest.ofText("published");
    PromptTexts prompts = new PromptTexts(digest -> content);

    assertThatExceptionOfType(UnknownPrompt.class)
        .isThrownBy(() -> prompts.textsOf(published))
        .withMessageContaining("prompt version " + published.abbreviated())
        .withMessageContaining(
            "answered the content " + CanonicalJson.digest(content).abbreviated());
  }

  @Test
  void a_judges_schema_in_another_order_than_published_is_refused() {
    PromptContent published = judge("\"reason\": {}, \"score\": {}");
    Digest digest = CanonicalJson.digest(published);

    assertThat(new PromptTexts(any -> published).textsOf(digest).rest())
        .containsSubsequence("reason", "score");
    PromptTexts altered = new PromptTexts(any -> judge("\"score\": {}, \"reason\": {}"));
    assertThatExceptionOfType(UnknownPrompt.class)
        .isThrownBy(() -> altered.textsOf(digest))
        .withMessageContaining("prompt version " + digest.abbreviated());
  }

  private static PromptContent judge(String properties) {
    return content(
        "\"responseFormat\": {\"type\": \"object\", \"properties\": {%s}}, \"propertyOrder\": \"kept\""
            .formatted(properties));
  }

  @Test
  void a_version_that_the_registry_does_not_have_is_refused() {
    PromptTexts prompts =
        new PromptTexts(digest -> {
          throw HttpClientErrorException.create(
              HttpStatus.NOT_FOUND, "", HttpHeaders.EMPTY, new byte[0], null);
        });

    assertThatExceptionOfType(UnknownPrompt.class)
        .isThrownBy(() -> prompts.textsOf(Digest.ofText("unpublished")))
        .withMessageContaining("prompt-registry has no such version");
  }

  @Test
  void a_prompt_that_cannot_be_rendered_is_refused() {
    String open = "\"messages\": [{\"role\": \"user\", \"content\": \"{{text\"}]";

    assertThatExceptionOfType(UnknownPrompt.class)
        .isThrownBy(() -> texts(open))
        .withMessageContaining("one of its messages cannot be parsed as a template");
  }
}
