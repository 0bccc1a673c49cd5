package io.plumbline.training.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains a softmax head by mini-batch AdamW with a cosine schedule. Training is single-threaded and
 * deterministic: the same examples, hyperparameters and seed give the same bits on any machine,
 * whether or not the run was interrupted between two epochs. A pass allocates no memory.
 */
public final class HeadTrainer {

  private final Examples train;
  private final Examples validation;
  private final Hyperparameters hyperparameters;
  private final long seed;
  private final Head head;
  private final AdamW optimizer;
  private final List<Epoch> epochs;
  private final float[] gradient;
  private final double[] probabilities;
  private final int[] order;

  private HeadTrainer(
      Examples train,
      Examples validation,
      Hyperparameters hyperparameters,
      long seed,
      Head head,
      AdamW optimizer,
      List<Epoch> epochs) {
    if (train.dimensions() != validation.dimensions()
        || train.classCount() != validation.classCount()) {
      throw new IllegalArgumentException(
          "Training and validation examples differ in dimensions or classes");
    }
    this.train = train;
    this.validation = validation;
    this.hyperparameters = hyperparameters;
    this.seed = seed;
    this.head = head;
    this.optimizer = optimizer;
    this.epochs = new ArrayList<>(epochs);
    this.gradient = new float[head.parameters().length];
    this.probabilities = new double[train.classCount()];
    this.order = new int[train.size()];
  }

  public static HeadTrainer begin(
      Examples train, Examples validation, Hyperparameters hyperparameters, long seed) {
    Head head = Head.prototypes(train, hyperparameters.logitScale());
    int length = head.parameters().length;
    AdamW optimizer =
        new AdamW(
            new float[length],
            new float[length],
            weightCount(train),
            hyperparameters.weightDecay());
    return new HeadTrainer(train, validation, hyperparameters, seed, head, optimizer, List.of());
  }

  public static HeadTrainer resume(
      Examples train,
      Examples validation,
      Hyperparameters hyperparameters,
      long seed,
      TrainingState state) {
    Head head =
        new Head(
            state.parameters().clone(),
            train.classCount(),
            train.dimensions(),
            hyperparameters.logitScale());
    AdamW optimizer =
        new AdamW(
            state.firstMoment().clone(),
            state.secondMoment().clone(),
            weightCount(train),
            hyperparameters.weightDecay());
    return new HeadTrainer(
        train, validation, hyperparameters, seed, head, optimizer, state.epochs());
  }

  /**
   * Returns whether all epochs are done, or {@code patience} epochs have passed without a better
   * score.
   */
  public boolean finished() {
    return epochs.size() >= hyperparameters.epochs() || stoppedEarly();
  }

  public boolean stoppedEarly() {
    return !epochs.isEmpty()
        && epochs.size() - state().best().number() >= hyperparameters.patience();
  }

  public Epoch runEpoch() {
    int number = epochs.size() + 1;
    shuffle(number);
    int batches = Math.ceilDiv(train.size(), hyperparameters.batchSize());
    double total = (double) batches * hyperparameters.epochs();
    double learningRate = hyperparameters.learningRate();
    for (int batch = 0; batch < batches; batch++) {
      int done = (number - 1) * batches + batch;
      learningRate =
          hyperparameters.learningRate() * 0.5 * (1 + StrictMath.cos(Math.PI * done / total));
      int from = batch * hyperparameters.batchSize();
      computeGradient(from, Math.min(train.size(), from + hyperparameters.batchSize()));
      optimizer.update(head.parameters(), gradient, learningRate, done + 1);
    }
    Scores onTrain = Scores.of(head, train);
    Scores onValidation = Scores.of(head, validation);
    Epoch epoch =
        new Epoch(
            number,
            learningRate,
            onTrain.loss(),
            onTrain.accuracy(),
            onValidation.loss(),
            onValidation.accuracy(),
            onValidation.macroF1());
    epochs.add(epoch);
    return epoch;
  }

  /** Computes the gradient of the mean cross-entropy over {@code order[from..to)}. */
  private void computeGradient(int from, int to) {
    Arrays.fill(gradient, 0);
    int dimensions = train.dimensions();
    int biases = train.classCount() * dimensions;
    double share = 1.0 / (to - from);
    for (int i = from; i < to; i++) {
      int offset = order[i] * dimensions;
      head.probabilities(train.vectors(), offset, probabilities);
      for (int k = 0; k < probabilities.length; k++) {
        double error = (probabilities[k] - (train.classes()[order[i]] == k ? 1 : 0)) * share;
        float factor = (float) (error * head.scale());
        gradient[biases + k] += factor;
        int row = k * dimensions;
        for (int d = 0; d < dimensions; d++) {
          gradient[row + d] += factor * train.vectors()[offset + d];
        }
      }
    }
  }

  /**
   * Shuffles the order of the examples (Fisher and Yates). It starts from the identity, so that an
   * epoch's order depends only on the seed and the number of the epoch.
   */
  private void shuffle(int number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** Returns a copy of the state, which later epochs do not change. */
  public TrainingState state() {
    return new TrainingState(
        head.parameters().clone(),
        optimizer.firstMoment().clone(),
        optimizer.secondMoment().clone(),
        epochs);
  }

  public Head head() {
    return new Head(head.parameters().clone(), head.classCount(), head.dimensions(), head.scale());
  }

  private static int weightCount(Examples examples) {
    return examples.classCount() * examples.dimensions();
  }
}
