package io.plumbline.training.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.training.head.SuspiciousLabels.Suspect;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspiciousLabelsTests {

  /** A head that predicts class 0 for 1 and class 1 for -1, with logits of the input times ten. */
  private static final ClassifierHead HEAD = new ClassifierHead(new float[] {10, 0, 0, 0}, 2, 1, 1);

  @Test
  void finds_rows_whose_own_label_is_unlikely_the_least_likely_first() {
    Examples examples =
        new Examples(new float[] {1, -1, 0.5f, -1, 0}, new int[] {0, 0, 1, 1, 1}, 1, 2);
    List<Suspect> suspects = SuspiciousLabels.find(HEAD, examples, 0.1);
    assertThat(suspects).extracting(Suspect::index).containsExactly(1, 2);
    assertThat(suspects).extracting(Suspect::answer).containsExactly(1, 0);
    assertThat(suspects.getFirst().selfConfidence()).isLessThan(1e-4);
  }

  @Test
  void finds_nothing_in_rows_that_the_head_agrees_with() {
    Examples examples = new Examples(new float[] {1, -1}, new int[] {0, 1}, 1, 2);
    assertThat(SuspiciousLabels.find(HEAD, examples, 0.1)).isEmpty();
  }

  @Test
  void the_threshold_itself_is_suspicious() {
    Examples undecided = new Examples(new float[] {0}, new int[] {1}, 1, 2);
    assertThat(SuspiciousLabels.find(HEAD, undecided, 0.5)).hasSize(1);
    assertThat(SuspiciousLabels.find(HEAD, undecided, 0.49)).isEmpty();
  }
}
