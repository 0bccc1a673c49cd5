package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.training.head.HeadHyperparameters;
import java.nio.file.Path;
import java.util.Map;

/**
 * The assignment of a child process. It is written to a file whose path is the only argument of the
 * process.
 *
 * @param encoder the name of the encoder, {@code bge-small-en-v1.5}
 * @param encoderDigest the digest of the weights that make the embeddings
 * @param maxTokens the number of tokens after which the encoder stops reading a text
 * @param directory the directory for checkpoints and results, one per job
 * @param embeddings the directory of the embeddings of all jobs of the workspace
 * @param threads the number of texts that are embedded at a time
 */
public record TrainerAssignment(
    String encoder,
    Digest encoderDigest,
    int maxTokens,
    Subset train,
    Subset validation,
    HeadHyperparameters hyperparameters,
    long seed,
    Path directory,
    Path embeddings,
    int threads) {

  /** A subset of rows as JSON Lines. Its digest is checked while the rows are read. */
  public record Subset(Path path, Digest digest) {}

  /** The version of the recipe, incremented when a change to the code changes the result's bits. */
  private static final int RECIPE_VERSION = 1;

  /**
   * Returns the digest of everything that determines the result, and of nothing else: neither the
   * locations of files nor the number of threads are part of it.
   */
  public Digest recipeDigest() {
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

  EncoderModel requireEncoder() {
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
