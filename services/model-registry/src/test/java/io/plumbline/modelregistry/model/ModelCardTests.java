package io.plumbline.modelregistry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelCardTests {

  private static final Lineage LINEAGE =
      new Lineage(
          new UUID(0, 1),
          "mail-triage",
          "local/choice-minilm",
          Digest.ofText("base"),
          "Apache-2.0",
          "HEAD",
          Digest.ofText("dataset"),
          Digest.ofText("split"),
          Digest.ofText("artifact"),
          Digest.ofText("checkpoint"),
          "all-minilm-l6-v2",
          Digest.ofText("encoder"),
          128,
          Map.of("epochs", "20"),
          Map.of("macro_f1", 0.91),
          List.of("spam", "per|sonal"),
          Money.usd("0.001"),
          12.5);

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

  private static ModelCard card(String description) {
    Model model =
        new Model(new UUID(0, 2), new UUID(0, 3), "mail-head", description, "ada", Instant.EPOCH);
    ModelVersion version =
        new ModelVersion("mail-head", 3, "", "ada", "ada", Instant.EPOCH, LINEAGE);
    return ModelCard.of(
        model,
        version,
        List.of(
            new Alias("champion", 3, Instant.EPOCH, "ben"),
            new Alias("old", 2, Instant.EPOCH, "ada")));
  }
}
