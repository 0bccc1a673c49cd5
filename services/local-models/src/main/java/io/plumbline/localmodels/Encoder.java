package io.plumbline.localmodels;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel.Pooling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns texts into vectors with ONNX Runtime. It is safe for use by many threads.
 *
 * <p>Texts of about the same length run together, padded, {@value #BATCH_TOKENS} tokens at most.
 * That takes a quarter less processor time than one by one and gives the same bits, whatever else
 * is in the batch. Texts of an 8-bit encoder run one by one, because the scale of its activations
 * is taken over all texts of a batch.
 */
public final class Encoder implements AutoCloseable {

  /** The most tokens of a batch: more take more memory and, on one core, no less time. */
  static final int BATCH_TOKENS = 256;

  private final EncoderModel model;
  private final int maxTokens;
  private final WordPiece tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ExecutorService workers;
  private final UrgencyQueue waiting = new UrgencyQueue();

  private Encoder(EncoderModel model, int threads, int maxTokens) throws IOException, OrtException {
    this.model = model;
    this.maxTokens = maxTokens;
    this.environment = OrtEnvironment.getEnvironment();
    MessageDigest sha256 = Digest.sha256();
    try (InputStream source = resource(model.vocabularyResource())) {
      byte[] vocabulary = source.readAllBytes();
      sha256.update(vocabulary);
      this.tokenizer = WordPiece.read(vocabulary);
    }
    // The weights pass through a file and not a byte array: 130 MB would not fit on a small heap.
    Path weights = Files.createTempFile("encoder", ".onnx");
    try (InputStream source = new DigestInputStream(resource(model.weightsResource()), sha256);
        OutputStream target = Files.newOutputStream(weights);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      source.transferTo(target);
      target.flush();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(weights.toString(), options);
    } finally {
      Files.deleteIfExists(weights);
    }
    sha256.update(model.pooling().name().getBytes(StandardCharsets.US_ASCII));
    requireDigest(Digest.ofRaw(sha256.digest()));
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name("encoder-" + number.incrementAndGet())
                    .unstarted(task));
  }

  /** Opens an encoder that reads up to {@link EncoderModel#MAX_TOKENS} of a text. */
  public static Encoder open(EncoderModel model, int threads) {
    return open(model, threads, EncoderModel.MAX_TOKENS);
  }

  /**
   * Opens an encoder.
   *
   * @param threads workers that run the network, at least 1
   * @param maxTokens where {@link #embed(List)} stops reading a text, 3 to {@link
   *     EncoderModel#MAX_TOKENS}
   */
  public static Encoder open(EncoderModel model, int threads, int maxTokens) {
    requireLength(maxTokens);
    try {
      return new Encoder(model, threads, maxTokens);
    } catch (IOException e) {
      throw new UncheckedIOException("The weights of " + model.id() + " cannot be read", e);
    } catch (OrtException e) {
      throw new EncoderException("The weights of " + model.id() + " do not load", e);
    }
  }

  public EncoderModel model() {
    return model;
  }

  public int maxTokens() {
    return maxTokens;
  }

  /** Returns the digest of vocabulary, weights and pooling, see {@link EncoderModel#digest()}. */
  public Digest digest() {
    return model.digest();
  }

  /**
   * Returns how many tokens of a text the encoder would read if it had no limit but that of its
   * model; the two markers are included.
   */
  public int countTokens(String text) {
    return tokenizer.tokenize(text, EncoderModel.MAX_TOKENS).count();
  }

  /** Returns one vector per text, in order, each of length 1. */
  public float[][] embed(List<String> texts) {
    return encode(texts, maxTokens).stream().map(Embedding::vector).toArray(float[][]::new);
  }

  public List<Embedding> encode(List<String> texts) {
    return encode(texts, maxTokens);
  }

  /** Embeds texts as {@link Urgency#SERVING}. */
  public List<Embedding> encode(List<String> texts, int limit) {
    return encode(texts, limit, Urgency.SERVING);
  }

  /**
   * Embeds texts. The longest run first, so that workers end together; the results are in the order
   * of the texts.
   *
   * @param limit the number of tokens that are read of a text; further ones are left out
   * @param urgency whether the texts go before those of other calls, or behind them
   */
  public List<Embedding> encode(List<String> texts, int limit, Urgency urgency) {
    requireLength(limit);
    TokenizedText[] tokens =
        texts.stream().map(text -> tokenizer.tokenize(text, limit)).toArray(TokenizedText[]::new);
    Embedding[] result = new Embedding[tokens.length];
    List<FutureTask<?>> runs = new ArrayList<>();
    for (int[] batch : batchesOf(tokens)) {
      runs.add(new FutureTask<>(() -> embedBatch(tokens, batch, result), null));
    }
    waiting.add(urgency, runs);
    // Each batch gives a worker one turn, in which it takes the next batch of any call.
    runs.forEach(run -> workers.execute(waiting::runNext));
    Futures.awaitAll(runs);
    return List.of(result);
  }

  /** Divides texts into those that run together; each batch begins with its longest text. */
  private List<int[]> batchesOf(TokenizedText[] tokens) {
    Integer[] order = new Integer[tokens.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Integer.compare(tokens[b].count(), tokens[a].count()));
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; ) {
      int room = model.canBatch() ? BATCH_TOKENS / tokens[order[from]].count() : 1;
      int to = Math.min(order.length, from + Math.max(1, room));
      batches.add(Arrays.stream(order, from, to).mapToInt(i -> i).toArray());
      from = to;
    }
    return batches;
  }

  private void embedBatch(TokenizedText[] tokens, int[] batch, Embedding[] result) {
    int length = tokens[batch[0]].count();
    long[] ids = new long[batch.length * length];
    long[] attended = new long[ids.length];
    for (int row = 0; row < batch.length; row++) {
      int[] text = tokens[batch[row]].ids();
      for (int t = 0; t < text.length; t++) {
        ids[row * length + t] = text[t];
        attended[row * length + t] = 1;
      }
    }
    long[] shape = {batch.length, length};
    try (OnnxTensor inputIds = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(attended), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
        OrtSession.Result output =
            session.run(
                Map.of("input_ids", inputIds, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer hidden = ((OnnxTensor) output.get(0)).getFloatBuffer();
      for (int row = 0; row < batch.length; row++) {
        TokenizedText text = tokens[batch[row]];
        float[] pooled = pool(hidden, row * length, text.count());
        result[batch[row]] =
            new Embedding(Vectors.normalise(pooled), text.count(), text.truncated());
      }
    } catch (OrtException e) {
      throw new EncoderException(model.id() + " failed on a text of " + length + " tokens", e);
    }
  }

  /**
   * Pools the token vectors of a text.
   *
   * @param first the place of the text's first token among the vectors of the batch
   */
  private float[] pool(FloatBuffer hidden, int first, int length) {
    float[] vector = new float[EncoderModel.DIMENSIONS];
    if (model.pooling() == Pooling.FIRST_TOKEN) {
      hidden.get(first * EncoderModel.DIMENSIONS, vector);
      return vector;
    }
    float[] token = new float[EncoderModel.DIMENSIONS];
    for (int t = 0; t < length; t++) {
      hidden.get((first + t) * EncoderModel.DIMENSIONS, token);
      for (int d = 0; d < vector.length; d++) {
        vector[d] += token[d];
      }
    }
    return vector;
  }

  /** Waits for texts under way and closes the encoder, which must not be called any more. */
  @Override
  public void close() {
    workers.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new EncoderException(model.id() + " could not be closed", e);
    }
  }

  private void requireDigest(Digest loaded) throws IOException {
    if (!loaded.equals(model.digest())) {
      throw new IOException(
          "The weights of %s have the digest %s instead of %s"
              .formatted(model.id(), loaded.hex(), model.digest().hex()));
    }
  }

  private static void requireLength(int maxTokens) {
    if (maxTokens < 3 || maxTokens > EncoderModel.MAX_TOKENS) {
      throw new IllegalArgumentException(
          "An encoder reads 3 to " + EncoderModel.MAX_TOKENS + " tokens, not " + maxTokens);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        Encoder.class.getResourceAsStream(name), () -> name + " is not on the class path");
  }
}
