package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.context.Overflow;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    CallerPolicy open = CallerPolicy.DEFAULT;
    Overflow refuse = Overflow.REFUSE;
    assertThat(
            List.of(
                Variant.digest("mail", PROMPT, "m", MODEL, CONNECTION, INDEX, none, open, refuse),
                Variant.digest("news", PROMPT, "m", MODEL, CONNECTION, INDEX, none, open, refuse),
                Variant.digest("mail", INDEX, "m", MODEL, CONNECTION, INDEX, none, open, refuse),
                Variant.digest("mail", PROMPT, "n", MODEL, CONNECTION, INDEX, none, open, refuse),
                Variant.digest("mail", PROMPT, "m", PROMPT, CONNECTION, INDEX, none, open, refuse),
                Variant.digest("mail", PROMPT, "m", MODEL, PROMPT, INDEX, none, open, refuse),
                Variant.digest("mail", PROMPT, "m", MODEL, null, INDEX, none, open, refuse),
                Variant.digest("mail", PROMPT, "m", MODEL, CONNECTION, null, none, open, refuse),
                Variant.digest(
                    "mail", PROMPT, "m", MODEL, CONNECTION, INDEX, temperature(0.5), open, refuse),
                Variant.digest(
                    "mail",
                    PROMPT,
                    "m",
                    MODEL,
                    CONNECTION,
                    INDEX,
                    none,
                    CallerPolicy.allowing(Allowance.TOOLS),
                    refuse),
                Variant.digest(
                    "mail",
                    PROMPT,
                    "m",
                    MODEL,
                    CONNECTION,
                    INDEX,
                    none,
                    open,
                    Overflow.TRIM_HISTORY)))
        .doesNotHaveDuplicates();
  }

  @Test
  void retrieval_needs_an_index_and_has_a_default() {
    assertThat(variant(null, retrieved(4)).retrieved()).isZero();
    assertThat(variant(INDEX, retrieved(4)).retrieved()).isEqualTo(4);
    assertThat(variant(INDEX, retrieved(0)).retrieved()).isZero();
    assertThat(variant(INDEX, VariantParameters.NONE).retrieved()).isEqualTo(16);
  }

  /** Digests of variants that were created before there were other choices stay theirs. */
  @Test
  void the_default_of_caller_policy_and_overflow_leaves_the_digest_as_it_was() {
    assertThat(
            Variant.digest(
                "mail",
                PROMPT,
                "m",
                MODEL,
                null,
                null,
                VariantParameters.NONE,
                CallerPolicy.DEFAULT,
                Overflow.REFUSE))
        .isEqualTo(
            CanonicalJson.digest(
                Map.of(
                    "application",
                    "mail",
                    "prompt",
                    PROMPT.hex(),
                    "model",
                    "m",
                    "modelDigest",
                    MODEL.hex(),
                    "parameters",
                    Map.of())));
  }

  @Test
  void the_order_in_which_a_policy_allows_decides_nothing() {
    assertThat(CallerPolicy.allowing(Allowance.TOOLS, Allowance.IMAGES, Allowance.TOOLS).names())
        .isEqualTo(CallerPolicy.allowing(Allowance.IMAGES, Allowance.TOOLS).names())
        .containsExactly("images", "tools");
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
        CallerPolicy.DEFAULT,
        Overflow.REFUSE,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }
}
