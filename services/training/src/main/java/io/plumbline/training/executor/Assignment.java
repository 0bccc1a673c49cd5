package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.training.head.Hyperparameters;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a child process trains; written to a file that is its only argument.
 *
 * @param encoder the name of the encoder, {@code bge-small-en-v1.5}
 * @param encoderDigest of the weights that are to make the embeddings
 * @param maxTokens where the encoder stops reading a text
 * @param directory for checkpoints and results, one per job
 * @param embeddings directory of the embeddings of all jobs of the workspace
 * @param threads how many texts are embedded at a time
 */
public record Assignment(
    String encoder,
    Digest encoderDigest,
    int maxTokens,
    Subset train,
    Subset validation,
    Hyperparameters hyperparameters,
    long seed,
    Path directory,
    Path embeddings,
    int threads) {

  /** Rows as JSON Lines; the digest is checked while they are read. */
  public record Subset(Path path, Digest digest) {}

  /** Incremented when the same assignment would no longer end in the same bits. */
  private static final int RECIPE_VERSION = 1;

  /**
   * Of everything that the result follows from, and of nothing else: neither where files lie nor
   * how many threads work.
   */
  public Digest recipe() {
    return CanonicalJson.digest(
        Map.of(
            "version",
            RECIPE_VERSION,
            "encoder",
            encoderDigest.hex(),
            "maxTokens",
            maxTokens,
            "train",
            train.digest().hex(),
            "validation",
            validation.digest().hex(),
            "hyperparameters",
            hyperparameters,
            "seed",
            Long.toString(seed)));
  }

  EncoderModel encoderModel() {
    return EncoderModel.of(encoder, encoderDigest)
        .orElseThrow(() ->
            new UnusableData(
                "The encoder "
                    + encoder
                    + " of digest "
                    + encoderDigest.abbreviated()
                    + " is not installed. Install it, or choose another base model"));
  }
}
