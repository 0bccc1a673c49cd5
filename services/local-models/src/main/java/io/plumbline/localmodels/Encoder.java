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
 * Turns texts into vectors with ONNX Runtime. Safe for use by many threads.
 *
 * <p>Each text is a run of its own on one of {@code threads} workers, never a row of a padded
 * batch: the weights are dynamically quantised, so the scale of every activation is taken over the
 * whole batch, and a text's vector would depend on what happened to be computed beside it. Runs of
 * one text give the same bits alone, in a batch, in training and in serving, and lose no
 * throughput.
 */
public final class Encoder implements AutoCloseable {

  private final EncoderModel model;
  private final int maxTokens;
  private final Digest digest;
  private final WordPiece tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ExecutorService workers;
  private final WaitingRuns waiting = new WaitingRuns();

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
    // Through a file and not a byte array: 34 MB of weights have no business on a small heap.
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
    this.digest = Digest.ofRaw(sha256.digest());
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

  /** Reads up to {@link EncoderModel#MAX_TOKENS} of a text. */
  public static Encoder open(EncoderModel model, int threads) {
    return open(model, threads, EncoderModel.MAX_TOKENS);
  }

  /**
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

  /** Of vocabulary, weights and pooling: two encoders of one digest give the same vectors. */
  public Digest digest() {
    return digest;
  }

  /**
   * How many tokens the encoder would read of a text if it had no limit but its own; markers
   * included.
   */
  public int countTokens(String text) {
    return tokenizer.tokenize(text, EncoderModel.MAX_TOKENS).count();
  }

  /** One vector per text, in order, each of length 1. */
  public float[][] embed(List<String> texts) {
    return encode(texts, maxTokens).stream().map(Embedding::vector).toArray(float[][]::new);
  }

  public List<Embedding> encode(List<String> texts) {
    return encode(texts, maxTokens);
  }

  /** As for a call that waits for the answer. */
  public List<Embedding> encode(List<String> texts, int limit) {
    return encode(texts, limit, Urgency.SERVING);
  }

  /**
   * Longest first, so that workers end together; results in the order of the texts.
   *
   * @param limit tokens that are read of a text; further ones are left out
   * @param urgency whether the texts go before those of other calls, or behind them
   */
  public List<Embedding> encode(List<String> texts, int limit, Urgency urgency) {
    requireLength(limit);
    Tokens[] tokens =
        texts.stream().map(text -> tokenizer.tokenize(text, limit)).toArray(Tokens[]::new);
    Integer[] order = new Integer[tokens.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Integer.compare(tokens[b].count(), tokens[a].count()));
    List<FutureTask<?>> runs = new ArrayList<>(tokens.length);
    Embedding[] result = new Embedding[tokens.length];
    for (int i : order) {
      runs.add(new FutureTask<>(() -> result[i] = run(tokens[i])));
    }
    waiting.add(urgency, runs);
    // A turn of a worker for each text; whose text it takes is decided when it begins.
    runs.forEach(run -> workers.execute(waiting::runNext));
    Futures.awaitAll(runs);
    return List.of(result);
  }

  private Embedding run(Tokens tokens) {
    int length = tokens.count();
    long[] ids = new long[length];
    Arrays.setAll(ids, i -> tokens.ids()[i]);
    long[] ones = new long[length];
    Arrays.fill(ones, 1);
    long[] shape = {1, length};
    try (OnnxTensor inputIds = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[length]), shape);
        OrtSession.Result output =
            session.run(
                Map.of("input_ids", inputIds, "attention_mask", mask, "token_type_ids", types))) {
      OnnxTensor hidden = (OnnxTensor) output.get(0);
      return new Embedding(
          Vectors.normalise(pool(hidden.getFloatBuffer(), length)), length, tokens.truncated());
    } catch (OrtException e) {
      throw new EncoderException(model.id() + " failed on a text of " + length + " tokens", e);
    }
  }

  private float[] pool(FloatBuffer hidden, int length) {
    float[] vector = new float[EncoderModel.DIMENSIONS];
    if (model.pooling() == Pooling.FIRST_TOKEN) {
      hidden.get(0, vector);
      return vector;
    }
    float[] token = new float[EncoderModel.DIMENSIONS];
    for (int t = 0; t < length; t++) {
      hidden.get(t * EncoderModel.DIMENSIONS, token);
      for (int d = 0; d < vector.length; d++) {
        vector[d] += token[d];
      }
    }
    return vector;
  }

  /** Waits for texts under way; call when nobody asks any more. */
  @Override
  public void close() {
    workers.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new EncoderException(model.id() + " does not close", e);
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
