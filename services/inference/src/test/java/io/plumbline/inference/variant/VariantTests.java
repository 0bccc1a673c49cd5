package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.retrieval.Reranking;
import io.plumbline.inference.retrieval.RetrievalQuerySource;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VariantTests {

  private static final Digest PROMPT = Digest.ofText("prompt");
  private static final Digest MODEL = Digest.ofText("model");
  private static final Digest CONNECTION = Digest.ofText("connection");
  private static final Digest INDEX = Digest.ofText("index");
  private static final PinnedModel ACME = new PinnedModel("acme/n", MODEL, CONNECTION);
  private static final PinnedModel HEAD = new PinnedModel("head@3", MODEL, null);

  @Test
  void every_part_changes_the_digest() {
    VariantParameters none = VariantParameters.NONE;
    CallerPolicy open = CallerPolicy.DEFAULT;
    ContextOverflowPolicy refuse = ContextOverflowPolicy.REFUSE;
    assertThat(
            List.of(
                digest("mail", PROMPT, "m", MODEL, CONNECTION, INDEX),
                digest("news", PROMPT, "m", MODEL, CONNECTION, INDEX),
                digest("mail", INDEX, "m", MODEL, CONNECTION, INDEX),
                digest("mail", PROMPT, "n", MODEL, CONNECTION, INDEX),
                digest("mail", PROMPT, "m", PROMPT, CONNECTION, INDEX),
                digest("mail", PROMPT, "m", MODEL, PROMPT, INDEX),
                digest("mail", PROMPT, "m", MODEL, null, INDEX),
                digest("mail", PROMPT, "m", MODEL, CONNECTION, null),
                digest(temperature(0.5), open, refuse),
                digest(none, CallerPolicy.allowing(CallerPermission.TOOLS), refuse),
                digest(none, open, refuse, HEAD),
                digest(none, open, refuse, ACME),
                digest(none, open, refuse, new PinnedModel("acme/n", MODEL, PROMPT)),
                digest(none, open, refuse, ACME, HEAD),
                digest(none, open, refuse, HEAD, ACME),
                digest(none, open, ContextOverflowPolicy.TRIM_HISTORY),
                digest(passages(3, null), open, refuse),
                digest(passages(null, RetrievalQuerySource.LAST_MESSAGE), open, refuse),
                digest(passages(null, RetrievalQuerySource.CONVERSATION), open, refuse),
                digest(reranked(), open, refuse),
                digest(none.withTemperatureOmitted(true), open, refuse)))
        .doesNotHaveDuplicates();
  }

  @Test
  void retrieval_needs_an_index_and_has_a_default() {
    assertThat(variant(null, retrieved(4)).retrieves()).isFalse();
    assertThat(variant(INDEX, retrieved(4)).retrieves()).isTrue();
    assertThat(variant(INDEX, retrieved(4)).retrievedExamples()).isEqualTo(4);
    assertThat(variant(INDEX, retrieved(0)).retrieves()).isFalse();
    Variant plain = variant(INDEX, VariantParameters.NONE);
    assertThat(plain.retrievedExamples()).isEqualTo(16);
    assertThat(plain.retrievedPassages()).isEqualTo(5);
  }

  /** Keeps the digests of variants that were created before there were other choices. */
  @Test
  void the_defaults_of_everything_but_the_parts_leave_the_digest_as_it_was() {
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
                ContextOverflowPolicy.REFUSE,
                List.of(),
                null))
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

  /** Fixes a digest; another value would turn evaluated variants into other ones. */
  @Test
  void the_digest_of_a_variant_with_a_fallback_stays() {
    assertThat(
            Variant.digest(
                    "mail",
                    PROMPT,
                    "acme/m",
                    MODEL,
                    CONNECTION,
                    null,
                    VariantParameters.NONE,
                    CallerPolicy.DEFAULT,
                    ContextOverflowPolicy.REFUSE,
                    List.of(ACME, HEAD),
                    null)
                .hex())
        .isEqualTo("36ef5210a3d195e446863a2da63e2c8a2a099810bbe628c5db9bbd9c384f9126");
  }

  /** Fixes a digest, for the same reason as that of a fallback. */
  @Test
  void the_digest_of_a_variant_with_an_abstention_stays() {
    assertThat(abstaining(0.5, "no").hex())
        .isEqualTo("afb1499c626319789c9be2f6fd16808c3b7cca5e7d4b267fffe2aad1d2f8b007");
    assertThat(
            Stream.of(abstaining(0.5, "no"), abstaining(0.6, "no"), abstaining(0.5, "unknown"))
                .distinct())
        .hasSize(3);
  }

  private static Digest abstaining(double threshold, String answer) {
    return Variant.digest(
        "mail",
        PROMPT,
        "m",
        MODEL,
        null,
        null,
        VariantParameters.NONE,
        CallerPolicy.DEFAULT,
        ContextOverflowPolicy.REFUSE,
        List.of(),
        new Abstention(threshold, answer));
  }

  @Test
  void all_models_of_a_variant_and_their_connections_are_known() {
    Variant variant =
        new Variant(
            Digest.ofText("variant"),
            "mail",
            "first",
            PROMPT,
            "acme/m",
            MODEL,
            CONNECTION,
            null,
            VariantParameters.NONE,
            CallerPolicy.DEFAULT,
            ContextOverflowPolicy.REFUSE,
            List.of(ACME, HEAD),
            null,
            List.of("ada"),
            "ada",
            Instant.EPOCH);

    assertThat(variant.models())
        .containsExactly(new PinnedModel("acme/m", MODEL, CONNECTION), ACME, HEAD);
    assertThat(variant.models())
        .extracting(PinnedModel::upstreamModel)
        .containsExactly("m", "n", "head@3");
    assertThat(variant.connections()).containsExactly(CONNECTION);
  }

  @Test
  void the_order_in_which_a_policy_allows_decides_nothing() {
    assertThat(
            CallerPolicy.allowing(
                    CallerPermission.TOOLS, CallerPermission.IMAGES, CallerPermission.TOOLS)
                .permissionNames())
        .isEqualTo(
            CallerPolicy.allowing(CallerPermission.IMAGES, CallerPermission.TOOLS)
                .permissionNames())
        .containsExactly("images", "tools");
  }

  /** Returns the digest of these parts, with every choice at its default. */
  private static Digest digest(
      String application,
      Digest prompt,
      String model,
      Digest modelDigest,
      @Nullable Digest connection,
      @Nullable Digest index) {
    return Variant.digest(
        application,
        prompt,
        model,
        modelDigest,
        connection,
        index,
        VariantParameters.NONE,
        CallerPolicy.DEFAULT,
        ContextOverflowPolicy.REFUSE,
        List.of(),
        null);
  }

  /** Returns the digest of these choices, over the parts that all tests share. */
  private static Digest digest(
      VariantParameters parameters,
      CallerPolicy policy,
      ContextOverflowPolicy contextOverflowPolicy,
      PinnedModel... fallback) {
    return Variant.digest(
        "mail",
        PROMPT,
        "m",
        MODEL,
        CONNECTION,
        INDEX,
        parameters,
        policy,
        contextOverflowPolicy,
        List.of(fallback),
        null);
  }

  private static VariantParameters temperature(double temperature) {
    return new VariantParameters(temperature, null, null, null, null, null, null, null, null, null);
  }

  private static VariantParameters retrieved(int examples) {
    return new VariantParameters(null, null, null, null, examples, null, null, null, null, null);
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
        ContextOverflowPolicy.REFUSE,
        List.of(),
        null,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }

  private static VariantParameters reranked() {
    return new VariantParameters(
        null, null, null, null, null, null, null, null, Reranking.SENTENCES, null);
  }

  private static VariantParameters passages(
      @Nullable Integer count, @Nullable RetrievalQuerySource query) {
    return new VariantParameters(null, null, null, null, null, null, count, query, null, null);
  }
}
