package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.training.head.HeadHyperparameters;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TrainerAssignmentTests {

  private static final HeadHyperparameters STANDARD =
      new HeadHyperparameters(2e-3, 64, 20, 0.01, 20, 5);
  private static final TrainerAssignment ASSIGNMENT =
      assignment("encoder", 64, "train", "validation", STANDARD, 1);

  @Test
  void the_recipe_changes_with_everything_that_the_result_follows_from() {
    HeadHyperparameters other = new HeadHyperparameters(2e-3, 64, 21, 0.01, 20, 5);
    assertThat(
            List.of(
                assignment("other", 64, "train", "validation", STANDARD, 1),
                assignment("encoder", 65, "train", "validation", STANDARD, 1),
                assignment("encoder", 64, "other", "validation", STANDARD, 1),
                assignment("encoder", 64, "train", "other", STANDARD, 1),
                assignment("encoder", 64, "train", "validation", other, 1),
                assignment("encoder", 64, "train", "validation", STANDARD, 2)))
        .map(TrainerAssignment::recipeDigest)
        .doesNotContain(ASSIGNMENT.recipeDigest())
        .doesNotHaveDuplicates();
  }

  @Test
  void the_recipe_depends_neither_on_places_nor_on_threads() {
    TrainerAssignment elsewhere =
        new TrainerAssignment(
            ASSIGNMENT.encoder(),
            ASSIGNMENT.encoderDigest(),
            ASSIGNMENT.maxTokens(),
            new TrainerAssignment.Subset(Path.of("other"), ASSIGNMENT.train().digest()),
            ASSIGNMENT.validation(),
            STANDARD,
            1,
            Path.of("other"),
            Path.of("other"),
            8);
    assertThat(elsewhere.recipeDigest()).isEqualTo(ASSIGNMENT.recipeDigest());
  }

  @Test
  void survives_the_file_that_it_is_handed_over_in() {
    JsonMapper json = JsonMapper.builder().build();
    TrainerAssignment read =
        json.readValue(json.writeValueAsBytes(ASSIGNMENT), TrainerAssignment.class);
    assertThat(read.recipeDigest()).isEqualTo(ASSIGNMENT.recipeDigest());
    assertThat(read.directory().toAbsolutePath())
        .isEqualTo(ASSIGNMENT.directory().toAbsolutePath());
  }

  @Test
  void finds_the_weights_of_its_digest_and_names_those_that_are_not_installed() {
    assertThat(of(EncoderModel.MINILM.digest()).requireEncoder()).isEqualTo(EncoderModel.MINILM);
    assertThat(of(EncoderModel.MINILM_8_BIT.digest()).requireEncoder())
        .isEqualTo(EncoderModel.MINILM_8_BIT);
    assertThatThrownBy(() -> ASSIGNMENT.requireEncoder())
        .isInstanceOf(UnusableData.class)
        .hasMessage(
            "The encoder all-minilm-l6-v2 of digest "
                + ASSIGNMENT.encoderDigest().abbreviated()
                + " is not installed. Install it, or choose another base model");
  }

  private static TrainerAssignment of(Digest weights) {
    return new TrainerAssignment(
        EncoderModel.MINILM.id(),
        weights,
        64,
        ASSIGNMENT.train(),
        ASSIGNMENT.validation(),
        STANDARD,
        1,
        Path.of("job"),
        Path.of("embeddings"),
        1);
  }

  private static TrainerAssignment assignment(
      String encoder,
      int maxTokens,
      String train,
      String validation,
      HeadHyperparameters headHyperparameters,
      long seed) {
    return new TrainerAssignment(
        EncoderModel.MINILM.id(),
        Digest.ofText(encoder),
        maxTokens,
        new TrainerAssignment.Subset(Path.of("train"), Digest.ofText(train)),
        new TrainerAssignment.Subset(Path.of("validation"), Digest.ofText(validation)),
        headHyperparameters,
        seed,
        Path.of("job"),
        Path.of("embeddings"),
        1);
  }
}
