package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveDataSettings.WorkspaceRegions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProviderMessagesTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);

  private final ProviderMessages words =
      new ProviderMessages(
          new SensitiveDataSettings(
              List.of("US"), List.of(new WorkspaceRegions(GLOBEX, List.of("DE")))));

  @Test
  void they_are_one_line_without_control_characters() {
    assertThat(words.sanitize(ACME, " Input\r\n\u0000should\u202e be\u2028'text'\ud800 ", ""))
        .isEqualTo("Input should be 'text'");
  }

  @Test
  void they_are_bounded_and_no_character_is_cut_in_two() {
    String long1 =
        "x".repeat(ProviderMessages.MAX_CHARACTERS - 1) + "\ud83d\ude00" + "x".repeat(10_000);

    assertThat(words.sanitize(ACME, long1, ""))
        .isEqualTo("x".repeat(ProviderMessages.MAX_CHARACTERS - 1));
  }

  @Test
  void what_is_sensitive_is_masked_also_across_the_end() {
    assertThat(words.sanitize(ACME, "Bad input 'mail ada@example.org'", ""))
        .isEqualTo("Bad input 'mail <EMAIL>'");
    assertThat(words.sanitize(ACME, "x ".repeat(245) + "ada@example.org", ""))
        .doesNotContain("ada@");
  }

  @Test
  void the_national_numbers_of_the_workspaces_regions_are_masked() {
    String said = "Bad input '030 901820 or (212) 555-0147'";

    assertThat(words.sanitize(ACME, said, "")).isEqualTo("Bad input '030 901820 or <PHONE>'");
    assertThat(words.sanitize(GLOBEX, said, "")).isEqualTo("Bad input '<PHONE> or (212) 555-0147'");
  }

  @Test
  void they_never_have_the_key() {
    assertThat(
            words.sanitize(
                ACME, "The key open-sesame-1 is not known: open-sesame-1", "open-sesame-1"))
        .isEqualTo("The key <API_KEY> is not known: <API_KEY>");
  }
}
