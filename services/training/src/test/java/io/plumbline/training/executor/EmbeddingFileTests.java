package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingFileTests {

  private static final Digest SUBSET = Digest.ofText("subset");
  private static final Digest ENCODER = Digest.ofText("encoder");
  private static final float[] VECTORS = {1, -2.5f, 0, Float.MIN_VALUE};

  @TempDir Path directory;

  @Test
  void reads_what_it_wrote() throws IOException {
    file(SUBSET, ENCODER, 64).write(VECTORS);
    assertThat(file(SUBSET, ENCODER, 64).read(4).orElseThrow()).containsExactly(VECTORS);
  }

  @Test
  void is_another_file_for_another_subset_encoder_or_length() throws IOException {
    file(SUBSET, ENCODER, 64).write(VECTORS);
    assertThat(file(Digest.ofText("other"), ENCODER, 64).read(4)).isEmpty();
    assertThat(file(SUBSET, Digest.ofText("other"), 64).read(4)).isEmpty();
    assertThat(file(SUBSET, ENCODER, 65).read(4)).isEmpty();
  }

  @Test
  void takes_a_damaged_or_truncated_file_for_none() throws IOException {
    EmbeddingFile file = file(SUBSET, ENCODER, 64);
    file.write(VECTORS);
    byte[] content = Files.readAllBytes(file.path());
    Files.write(file.path(), Arrays.copyOf(content, content.length - 1));
    assertThat(file.read(4)).isEmpty();
    content[2] ^= 1;
    Files.write(file.path(), content);
    assertThat(file.read(4)).isEmpty();
  }

  @Test
  void takes_a_file_of_another_number_of_rows_for_none() throws IOException {
    EmbeddingFile file = file(SUBSET, ENCODER, 64);
    file.write(VECTORS);
    assertThat(file.read(5)).isEmpty();
  }

  private EmbeddingFile file(Digest subset, Digest encoder, int maxTokens) {
    return EmbeddingFile.of(directory, subset, encoder, maxTokens);
  }
}
