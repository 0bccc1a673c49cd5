package io.plumbline.evaluation.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompositionTests {

  private static final Digest INDEX = Digest.ofText("index");

  private static Composition of(String model, @Nullable Digest index, UUID... jobs) {
    return new Variant(
            Digest.ofText("variant"),
            "mail-triage",
            Digest.ofText("prompt"),
            List.of(new Variant.Model(model, List.of(jobs), false)),
            index)
        .composition();
  }

  @Test
  void the_parts_of_a_variant_decide_its_phase() {
    assertThat(of("local/choice", null).phase()).isEqualTo(Phase.PROMPT);
    assertThat(of("local/choice", INDEX).phase()).isEqualTo(Phase.RETRIEVAL);
    assertThat(of("triage@3", null, new UUID(0, 1)).phase()).isEqualTo(Phase.FINE_TUNING);
    assertThat(of("triage@3", INDEX, new UUID(0, 1))).isEqualTo(Composition.HYBRID);
    assertThat(Composition.HYBRID.phase()).isEqualTo(Phase.HYBRID);
  }

  @Test
  void a_model_is_tuned_by_its_digest_or_by_its_name() {
    assertThat(of("renamed", null, new UUID(0, 1))).isEqualTo(Composition.FINE_TUNING);
    assertThat(of("triage@3", null)).isEqualTo(Composition.FINE_TUNING);
  }

  @Test
  void a_model_that_its_provider_tuned_is_tuned_by_its_name_or_by_what_is_declared() {
    assertThat(of("openai/ft:gpt-4o-mini:acme::1", null)).isEqualTo(Composition.FINE_TUNING);
    assertThat(of("openai/davinci:ft-acme-2023", INDEX)).isEqualTo(Composition.HYBRID);
    assertThat(of("google/tunedModels/triage", null)).isEqualTo(Composition.FINE_TUNING);
    assertThat(of("openai/gpt-4o-mini", null)).isEqualTo(Composition.PROMPT);
    assertThat(of("acme/left:right", null)).isEqualTo(Composition.PROMPT);
    Variant.Model declared = new Variant.Model("acme/m", List.of(), true);
    assertThat(declared.isTuned()).isTrue();
    assertThat(declared.isTunedHere()).isFalse();
  }

  @Test
  void one_tuned_model_of_a_fallback_makes_a_variant_tuned() {
    Variant variant =
        new Variant(
            Digest.ofText("variant"),
            "mail-triage",
            Digest.ofText("prompt"),
            List.of(
                new Variant.Model("acme/m", List.of(), false),
                new Variant.Model("triage@3", List.of(new UUID(0, 1)), false)),
            null);

    assertThat(variant.composition()).isEqualTo(Composition.FINE_TUNING);
    assertThat(variant.model()).isEqualTo("acme/m");
    assertThat(variant.trainingJobs()).containsExactly(new UUID(0, 1));
    assertThat(variant.areTrainingJobsKnown()).isTrue();
  }

  @Test
  void a_tuned_model_of_a_fallback_whose_registration_has_not_arrived_leaves_the_origins_unknown() {
    Variant variant =
        new Variant(
            Digest.ofText("variant"),
            "mail-triage",
            Digest.ofText("prompt"),
            List.of(
                new Variant.Model("triage@3", List.of(new UUID(0, 1)), false),
                new Variant.Model("triage@4", List.of(), false)),
            null);

    assertThat(variant.areTrainingJobsKnown()).isFalse();
  }
}
