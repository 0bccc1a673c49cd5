package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.DurableFiles;
import io.plumbline.platform.digest.CanonicalJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The file of the embeddings of one subset by one encoder at one maximum length. It is kept so that
 * the trials of a sweep embed their texts only once. Two processes that write the file at the same
 * time write the same bytes, and the last rename wins.
 */
record EmbeddingFile(Path path) {

  private static final int DIGEST_LENGTH = 32;

  static EmbeddingFile of(Path directory, Digest subset, Digest encoder, int maxTokens) {
    Digest key =
        CanonicalJson.digest(
            Map.of("subset", subset.hex(), "encoder", encoder.hex(), "maxTokens", maxTokens));
    return new EmbeddingFile(directory.resolve(key.hex() + ".embeddings"));
  }

  /**
   * @return the embeddings; empty when the file is missing or damaged
   */
  Optional<float[]> read(int length) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    byte[] content = Files.readAllBytes(path);
    int end = length * Float.BYTES;
    if (content.length != end + DIGEST_LENGTH
        || !Arrays.equals(
            Digest.of(Arrays.copyOf(content, end)).bytes(),
            0,
            DIGEST_LENGTH,
            content,
            end,
            content.length)) {
      return Optional.empty();
    }
    float[] vectors = new float[length];
    ByteBuffer.wrap(content).asFloatBuffer().get(vectors);
    return Optional.of(vectors);
  }

  void write(float[] vectors) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(vectors.length * Float.BYTES + DIGEST_LENGTH);
    content.asFloatBuffer().put(vectors);
    int end = vectors.length * Float.BYTES;
    content.put(end, Digest.of(Arrays.copyOf(content.array(), end)).bytes());
    DurableFiles.replace(path, content.array());
  }
}
