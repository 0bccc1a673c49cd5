package io.plumbline.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.head.TrainingState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointFileTests {

  private static final Digest RECIPE = Digest.ofText("recipe");
  private static final TrainingState STATE =
      new TrainingState(
          new float[] {1, -2.5f},
          new float[] {0.25f, 0},
          new float[] {0, 3},
          List.of(new Epoch(1, 0.002, 0.5, 0.8, 0.6, 0.7, 0.65)));

  @Test
  void reads_what_it_wrote() {
    TrainingState read =
        CheckpointFile.read(RECIPE, CheckpointFile.bytes(RECIPE, STATE)).orElseThrow();
    assertThat(read).usingRecursiveComparison().isEqualTo(STATE);
  }

  @Test
  void takes_a_cut_or_changed_file_for_none() {
    byte[] content = CheckpointFile.bytes(RECIPE, STATE);
    assertThat(CheckpointFile.read(RECIPE, Arrays.copyOf(content, content.length - 1))).isEmpty();
    assertThat(CheckpointFile.read(RECIPE, new byte[0])).isEmpty();
    content[50] ^= 1;
    assertThat(CheckpointFile.read(RECIPE, content)).isEmpty();
  }

  @Test
  void takes_another_recipes_checkpoint_for_none() {
    assertThat(CheckpointFile.read(Digest.ofText("other"), CheckpointFile.bytes(RECIPE, STATE)))
        .isEmpty();
  }
}
