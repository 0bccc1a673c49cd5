package io.plumbline.localmodels;

import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses among options by nearness in an encoder's space. It is not a language model: it writes
 * nothing and reasons about nothing.
 *
 * <p>With the input x, options o with text t(o), and examples (e, o): score(o) = (1 − λ) ·
 * softmax(cos(x, t(o)) / τ) + λ · vote(o). The vote gives each of the {@value #NEIGHBOURS} nearest
 * of examples and option texts the weight exp(cos / τ). λ = n / (n + {@value #HALFWAY}) rises with
 * the number n of examples: without examples the descriptions decide, with many examples these do.
 *
 * <p>The constants were fixed once on validation rows, see {@code docs/adr/0003}; they are part of
 * {@link #digest(Encoder)}.
 */
public final class ChoiceModel {

  static final double TEMPERATURE = 0.02;
  static final int NEIGHBOURS = 16;
  static final double HALFWAY = 4;

  private ChoiceModel() {}

  /** An example's place in the encoder's space, and the index of the option that answered it. */
  public record Example(Embedding text, int option) {}

  private record Neighbour(double cosine, int option) {}

  /** Returns the probabilities of the options, in their order; they sum to 1. */
  public static double[] probabilities(
      Embedding input, List<Embedding> options, List<Example> examples) {
    if (options.isEmpty()) {
      throw new IllegalArgumentException("A choice needs at least one option");
    }
    double[] logits =
        options.stream().mapToDouble(option -> input.cosine(option) / TEMPERATURE).toArray();
    double[] prior = Vectors.softmax(logits);
    if (examples.isEmpty()) {
      return prior;
    }
    double lambda = examples.size() / (examples.size() + HALFWAY);
    double[] vote = neighbourVotes(input, logits, examples);
    double[] scores = new double[prior.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (1 - lambda) * prior[i] + lambda * vote[i];
    }
    return scores;
  }

  /** Returns the digest of the encoder and every constant that decides, which a variant pins. */
  public static Digest digest(Encoder encoder) {
    return digest(encoder.digest(), encoder.maxTokens());
  }

  /**
   * Returns the same digest for an encoder that is not open.
   *
   * @param encoder the digest of {@link EncoderModel#digest()}
   * @param maxTokens the number of tokens of a text that it would read
   */
  public static Digest digest(Digest encoder, int maxTokens) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(encoder.bytes());
    String recipe =
        "choice v1 maxTokens=%d temperature=%s neighbours=%d halfway=%s"
            .formatted(maxTokens, TEMPERATURE, NEIGHBOURS, HALFWAY);
    sha256.update(recipe.getBytes(StandardCharsets.US_ASCII));
    return Digest.ofRaw(sha256.digest());
  }

  private static double[] neighbourVotes(Embedding input, double[] logits, List<Example> examples) {
    List<Neighbour> neighbours = new ArrayList<>(examples.size() + logits.length);
    for (Example example : examples) {
      neighbours.add(new Neighbour(input.cosine(example.text()), example.option()));
    }
    for (int i = 0; i < logits.length; i++) {
      neighbours.add(new Neighbour(logits[i] * TEMPERATURE, i));
    }
    neighbours.sort(
        Comparator.comparingDouble(Neighbour::cosine)
            .reversed()
            .thenComparingInt(Neighbour::option));
    List<Neighbour> nearest = neighbours.subList(0, Math.min(NEIGHBOURS, neighbours.size()));
    double best = nearest.getFirst().cosine();
    double[] vote = new double[logits.length];
    double sum = 0;
    for (Neighbour neighbour : nearest) {
      double weight = Math.exp((neighbour.cosine() - best) / TEMPERATURE);
      vote[neighbour.option()] += weight;
      sum += weight;
    }
    for (int i = 0; i < vote.length; i++) {
      vote[i] /= sum;
    }
    return vote;
  }
}
