package io.plumbline.modelregistry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelCardTests {

  private static final Lineage LINEAGE = TestVersions.lineage("mail", 3, "spam", "per|sonal");

  @Test
  void shows_what_the_version_is_and_where_it_comes_from() {
    String card = card("Sorts mail.").markdown();
    assertThat(card)
        .startsWith("# mail-head version 3\n\nSorts mail.\n\n")
        .contains(
            "not an LLM",
            "- Aliases: champion",
            "| macro_f1 | 0.9100 |",
            Digest.ofText("dataset").hex(),
            "| epochs | 20 |",
            "12.5 s");
  }

  @Test
  void keeps_peoples_words_from_becoming_markup() {
    String card = card("# Approved\n[by all](https://evil.example) <script>").markdown();
    assertThat(card)
        .contains("\\# Approved \\[by all\\](https://evil.example) \\<script\\>")
        .contains("per\\|sonal");
  }

  @Test
  void names_the_aliases_of_its_version_only() {
    assertThat(card("Sorts mail.").aliases()).containsExactly("champion");
  }

  @Test
  void prefers_the_description_of_the_version_to_that_of_the_model() {
    Model model =
        new Model(new UUID(0, 2), new UUID(0, 3), "mail-head", "Sorts mail.", "ada", Instant.EPOCH);
    ModelVersion version =
        new ModelVersion(
            "mail-head",
            3,
            "Sorts mail of 2026.",
            "ada",
            List.of("ada"),
            "ben",
            Instant.EPOCH,
            LINEAGE);
    ModelCard card = ModelCard.of(model, version, List.of());
    assertThat(card.intendedUse()).isEqualTo("Sorts mail of 2026.");
    assertThat(card.markdown())
        .startsWith("# mail-head version 3\n\nSorts mail of 2026.\n\n")
        .contains("- Aliases: none", "| Registered | 1970-01-01T00:00:00Z by ben |");
  }

  @Test
  void states_the_limits_of_a_head() {
    assertThat(card("Sorts mail.").limits())
        .hasSize(4)
        .contains("Reads the first 128 tokens of a text.");
  }

  private static ModelCard card(String description) {
    Model model =
        new Model(new UUID(0, 2), new UUID(0, 3), "mail-head", description, "ada", Instant.EPOCH);
    ModelVersion version =
        new ModelVersion("mail-head", 3, "", "ada", List.of("ada"), "ada", Instant.EPOCH, LINEAGE);
    return ModelCard.of(
        model,
        version,
        List.of(
            new Alias("champion", 3, Instant.EPOCH, "ben"),
            new Alias("old", 2, Instant.EPOCH, "ada")));
  }
}
