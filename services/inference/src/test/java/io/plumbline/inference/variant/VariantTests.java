package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VariantTests {

  private static final Digest PROMPT = Digest.ofText("prompt");
  private static final Digest MODEL = Digest.ofText("model");
  private static final Digest CONNECTION = Digest.ofText("connection");
  private static final Digest INDEX = Digest.ofText("index");

  @Test
  void every_part_changes_the_digest() {
    VariantParameters none = VariantParameters.NONE;
    assertThat(
            List.of(
                Variant.digest("mail", PROMPT, "m", MODEL, CONNECTION, INDEX, none),
                Variant.digest("news", PROMPT, "m", MODEL, CONNECTION, INDEX, none),
                Variant.digest("mail", INDEX, "m", MODEL, CONNECTION, INDEX, none),
                Variant.digest("mail", PROMPT, "n", MODEL, CONNECTION, INDEX, none),
                Variant.digest("mail", PROMPT, "m", PROMPT, CONNECTION, INDEX, none),
                Variant.digest("mail", PROMPT, "m", MODEL, PROMPT, INDEX, none),
                Variant.digest("mail", PROMPT, "m", MODEL, null, INDEX, none),
                Variant.digest("mail", PROMPT, "m", MODEL, CONNECTION, null, none),
                Variant.digest("mail", PROMPT, "m", MODEL, CONNECTION, INDEX, temperature(0.5))))
        .doesNotHaveDuplicates();
  }

  @Test
  void retrieval_needs_an_index_and_has_a_default() {
    assertThat(variant(null, retrieved(4)).retrieved()).isZero();
    assertThat(variant(INDEX, retrieved(4)).retrieved()).isEqualTo(4);
    assertThat(variant(INDEX, retrieved(0)).retrieved()).isZero();
    assertThat(variant(INDEX, VariantParameters.NONE).retrieved()).isEqualTo(16);
  }

  @Test
  void a_variant_without_temperature_is_deterministic() {
    assertThat(variant(null, VariantParameters.NONE).deterministic()).isTrue();
    assertThat(variant(null, temperature(0)).deterministic()).isTrue();
    assertThat(variant(null, temperature(0.1)).deterministic()).isFalse();
  }

  private static VariantParameters temperature(double temperature) {
    return new VariantParameters(temperature, null, null, null, null, null);
  }

  private static VariantParameters retrieved(int examples) {
    return new VariantParameters(null, null, null, null, examples, null);
  }

  private static Variant variant(@Nullable Digest index, VariantParameters parameters) {
    return new Variant(
        Digest.ofText("variant"),
        "mail",
        "first",
        PROMPT,
        "m",
        MODEL,
        null,
        index,
        parameters,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }
}
