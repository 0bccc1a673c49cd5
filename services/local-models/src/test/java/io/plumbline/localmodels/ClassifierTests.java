package io.plumbline.localmodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassifierTests {

  private static final Classifier HEAD = head(List.of("personal", "newsletter", "spam"));

  @Test
  void reads_back_what_it_wrote() throws IOException {
    Classifier read = Classifier.read(new ByteArrayInputStream(HEAD.bytes()));
    assertThat(read.bytes()).isEqualTo(HEAD.bytes());
    assertThat(read.digest()).isEqualTo(HEAD.digest());
    assertThat(read.labels()).containsExactly("personal", "newsletter", "spam");
  }

  @Test
  void scores_as_asoftmax_of_its_logits() {
    float[] vector = new float[EncoderModel.DIMENSIONS];
    vector[0] = 1;
    float[][] weights = new float[2][EncoderModel.DIMENSIONS];
    weights[0][0] = 0.1f;
    Classifier head =
        new Classifier(
            EncoderModel.MINILM, 128, List.of("a", "b"), 20, weights, new float[] {0, 0.05f});
    double[] scores = head.probabilities(new Embedding(vector, 3, false));
    assertThat(scores[0]).isCloseTo(1 / (1 + Math.exp(-20 * (0.1 - 0.05))), within(1e-6));
    assertThat(Arrays.stream(scores).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void refuses_every_truncation_and_every_appendix() {
    byte[] bytes = HEAD.bytes();
    for (int length : new int[] {0, 3, 6, 7, 20, 60, 66, 90, bytes.length - 1}) {
      assertRefused(Arrays.copyOf(bytes, length));
    }
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void never_fails_on_hostile_bytes_but_by_refusing() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = HEAD.bytes();
      for (int flips = 0; flips < 3; flips++) {
        bytes[random.nextInt(i % 2 == 0 ? 100 : bytes.length)] = (byte) random.nextInt();
      }
      try {
        Classifier.read(new ByteArrayInputStream(bytes));
      } catch (IOException e) {
        assertThat(e).isInstanceOf(ArtifactException.class);
      }
    }
  }

  @Test
  void refuses_labels_that_repeat() {
    assertThatThrownBy(() -> head(List.of("spam", "spam"))).hasMessage("labels must differ");
  }

  @Test
  void refuses_numbers_that_are_none() {
    float[][] weights = new float[2][EncoderModel.DIMENSIONS];
    weights[1][3] = Float.NaN;
    assertThatThrownBy(() ->
            new Classifier(EncoderModel.MINILM, 128, List.of("a", "b"), 20, weights, new float[2]))
        .hasMessage("weights and biases must be finite");
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> Classifier.read(new ByteArrayInputStream(bytes)))
        .isInstanceOf(ArtifactException.class);
  }

  private static Classifier head(List<String> labels) {
    Random random = new Random(1);
    float[][] weights = new float[labels.size()][EncoderModel.DIMENSIONS];
    for (float[] row : weights) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return new Classifier(
        EncoderModel.BGE_SMALL, 128, labels, 20, weights, new float[labels.size()]);
  }
}
