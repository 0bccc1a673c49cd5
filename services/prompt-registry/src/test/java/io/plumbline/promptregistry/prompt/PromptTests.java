package io.plumbline.promptregistry.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.util.ReflectionTestUtils;

class PromptTests {

  private final Prompt prompt =
      new Prompt(
          new UUID(0, 1),
          new UUID(0, 2),
          new PromptName("mail-triage"),
          "sorts mail",
          List.of("mail"),
          "ada",
          Instant.EPOCH);

  private static PromptContent content(String... messages) {
    return PromptContent.of(
        List.of(messages).stream().map(text -> new Message(Message.Role.USER, text)).toList(),
        null,
        null,
        null,
        null);
  }

  /** Reads a column: views and search read it by SQL, and no method of the aggregate does. */
  private @Nullable Object column(String field) {
    return ReflectionTestUtils.getField(prompt, field);
  }

  @Test
  void versions_are_numbered_from_one() {
    assertThat(prompt.latestVersion()).isZero();
    assertThat(prompt.addVersion(content("One."))).isEqualTo(1);
    assertThat(prompt.addVersion(content("Two."))).isEqualTo(2);
    assertThat(prompt.latestVersion()).isEqualTo(2);
  }

  @Test
  void search_finds_the_words_of_the_latest_version() {
    prompt.addVersion(content("Sort mail."));
    prompt.addVersion(content("Answer politely.", "{{mail}}"));

    assertThat(column("latestText")).isEqualTo("Answer politely.\n{{mail}}");
  }

  @Test
  void the_searchable_text_is_bounded() {
    prompt.addVersion(content("x".repeat(64 * 1024), "y"));

    assertThat(column("latestText")).isEqualTo("x".repeat(64 * 1024));
  }

  @Test
  void description_and_tags_are_replaced_together() {
    prompt.updateDescription("sorts and answers mail", List.of("mail", "triage"));

    assertThat(column("description")).isEqualTo("sorts and answers mail");
    assertThat(column("tags")).isEqualTo(List.of("mail", "triage"));
    assertThat(column("tagText")).isEqualTo("mail triage");
  }

  @Test
  void every_label_move_is_counted_so_that_the_version_rises_with_it() {
    prompt.incrementLabelMoves();
    prompt.incrementLabelMoves();

    assertThat(column("labelMoves")).isEqualTo(2);
  }

  @Test
  void the_first_event_has_version_one() {
    assertThat(prompt.revision()).isZero();
    assertThat(prompt.aggregateVersion()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mail", "1mail", "mail_triage", "mail triage", "-mail"})
  void a_name_is_lower_case_letters_digits_and_hyphens(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PromptName(name));
  }

  @Test
  void a_name_has_at_most_63_characters() {
    assertThat(new PromptName("a".repeat(63)).value()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> new PromptName("a".repeat(64)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Production", "1st", "pre production", "a/b"})
  void a_label_is_lower_case_letters_digits_and_punctuation(String label) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Label(label));
  }
}
