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
final class Embeddings implements AutoCloseable {

  /** The number of texts between two reports of progress. */
  private static final int CHUNK = 64;

  private final Assignment assignment;
  private final Consumer<Report> reports;
  private final int total;
  private int done;
  private @Nullable Encoder encoder;

  Embeddings(Assignment assignment, int total, Consumer<Report> reports) {
    this.assignment = assignment;
    this.total = total;
    this.reports = reports;
  }

  /**
   * @return the vectors, one after another
   */
  float[] vectorsOf(Assignment.Subset subset, LabelledTexts rows) throws IOException {
    EmbeddingFile file =
        EmbeddingFile.of(
            assignment.embeddings(),
            subset.digest(),
            assignment.encoderDigest(),
            assignment.maxTokens());
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
    reports.accept(new Report.Embedded(done, total));
  }

  private Encoder openEncoder() {
    Encoder open = encoder;
    if (open == null) {
      open =
          Encoder.open(assignment.requireEncoder(), assignment.threads(), assignment.maxTokens());
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
