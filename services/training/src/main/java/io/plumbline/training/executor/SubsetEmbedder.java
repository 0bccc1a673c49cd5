package io.plumbline.training.executor;

import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Embeds the subsets of an assignment, or reads embeddings that were made before. The encoder is
 * opened only when it is needed.
 */
final class SubsetEmbedder implements AutoCloseable {

  /** The number of texts between two reports of progress. */
  private static final int CHUNK = 64;

  private final TrainerAssignment trainerAssignment;
  private final Consumer<TrainerReport> reports;
  private final int total;
  private int done;
  private @Nullable Encoder encoder;

  SubsetEmbedder(TrainerAssignment trainerAssignment, int total, Consumer<TrainerReport> reports) {
    this.trainerAssignment = trainerAssignment;
    this.total = total;
    this.reports = reports;
  }

  /**
   * @return the vectors, one after another
   */
  float[] readOrEmbed(TrainerAssignment.Subset subset, LabelledTexts rows) throws IOException {
    EmbeddingFile file =
        EmbeddingFile.of(
            trainerAssignment.embeddings(),
            subset.digest(),
            trainerAssignment.encoderDigest(),
            trainerAssignment.maxTokens());
    Optional<float[]> known = file.read(rows.size() * EncoderModel.DIMENSIONS);
    if (known.isPresent()) {
      report(rows.size());
      return known.get();
    }
    float[] vectors = new float[rows.size() * EncoderModel.DIMENSIONS];
    for (int from = 0; from < rows.size(); from += CHUNK) {
      List<String> chunk = rows.texts().subList(from, Math.min(rows.size(), from + CHUNK));
      float[][] embedded = openEncoder().embed(chunk);
      for (int i = 0; i < embedded.length; i++) {
        System.arraycopy(
            embedded[i], 0, vectors, (from + i) * EncoderModel.DIMENSIONS, EncoderModel.DIMENSIONS);
      }
      report(chunk.size());
    }
    file.write(vectors);
    return vectors;
  }

  private void report(int rows) {
    done += rows;
    reports.accept(new TrainerReport.Embedded(done, total));
  }

  private Encoder openEncoder() {
    Encoder open = encoder;
    if (open == null) {
      open =
          Encoder.open(
              trainerAssignment.requireEncoder(),
              trainerAssignment.threads(),
              trainerAssignment.maxTokens());
      encoder = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
