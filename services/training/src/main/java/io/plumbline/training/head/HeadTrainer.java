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
  private final HeadHyperparameters headHyperparameters;
  private final long seed;
  private final ClassifierHead classifierHead;
  private final AdamW optimizer;
  private final List<Epoch> epochs;
  private final float[] gradient;
  private final double[] probabilities;
  private final int[] order;

  private HeadTrainer(
      Examples train,
      Examples validation,
      HeadHyperparameters headHyperparameters,
      long seed,
      ClassifierHead classifierHead,
      AdamW optimizer,
      List<Epoch> epochs) {
    if (train.dimensions() != validation.dimensions()
        || train.classCount() != validation.classCount()) {
      throw new IllegalArgumentException(
          "Training and validation examples differ in dimensions or classes");
    }
    this.train = train;
    this.validation = validation;
    this.headHyperparameters = headHyperparameters;
    this.seed = seed;
    this.classifierHead = classifierHead;
    this.optimizer = optimizer;
    this.epochs = new ArrayList<>(epochs);
    this.gradient = new float[classifierHead.parameters().length];
    this.probabilities = new double[train.classCount()];
    this.order = new int[train.size()];
  }

  public static HeadTrainer begin(
      Examples train, Examples validation, HeadHyperparameters headHyperparameters, long seed) {
    ClassifierHead classifierHead =
        ClassifierHead.fromPrototypes(train, headHyperparameters.logitScale());
    int length = classifierHead.parameters().length;
    AdamW optimizer =
        new AdamW(
            new float[length],
            new float[length],
            weightCount(train),
            headHyperparameters.weightDecay());
    return new HeadTrainer(
        train, validation, headHyperparameters, seed, classifierHead, optimizer, List.of());
  }

  public static HeadTrainer resume(
      Examples train,
      Examples validation,
      HeadHyperparameters headHyperparameters,
      long seed,
      TrainingState state) {
    ClassifierHead classifierHead =
        new ClassifierHead(
            state.parameters().clone(),
            train.classCount(),
            train.dimensions(),
            headHyperparameters.logitScale());
    AdamW optimizer =
        new AdamW(
            state.firstMoment().clone(),
            state.secondMoment().clone(),
            weightCount(train),
            headHyperparameters.weightDecay());
    return new HeadTrainer(
        train, validation, headHyperparameters, seed, classifierHead, optimizer, state.epochs());
  }

  /**
   * Returns whether all epochs are done, or {@code patience} epochs have passed without a better
   * score.
   */
  public boolean isFinished() {
    return epochs.size() >= headHyperparameters.epochs() || hasStoppedEarly();
  }

  public boolean hasStoppedEarly() {
    return !epochs.isEmpty()
        && epochs.size() - state().best().number() >= headHyperparameters.patience();
  }

  public Epoch runEpoch() {
    int number = epochs.size() + 1;
    shuffle(number);
    int batches = Math.ceilDiv(train.size(), headHyperparameters.batchSize());
    double total = (double) batches * headHyperparameters.epochs();
    double learningRate = headHyperparameters.learningRate();
    for (int batch = 0; batch < batches; batch++) {
      int done = (number - 1) * batches + batch;
      learningRate =
          headHyperparameters.learningRate() * 0.5 * (1 + StrictMath.cos(Math.PI * done / total));
      int from = batch * headHyperparameters.batchSize();
      computeGradient(from, Math.min(train.size(), from + headHyperparameters.batchSize()));
      optimizer.update(classifierHead.parameters(), gradient, learningRate, done + 1);
    }
    Scores onTrain = Scores.of(classifierHead, train);
    Scores onValidation = Scores.of(classifierHead, validation);
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
      classifierHead.probabilities(train.vectors(), offset, probabilities);
      for (int k = 0; k < probabilities.length; k++) {
        double error = (probabilities[k] - (train.classes()[order[i]] == k ? 1 : 0)) * share;
        float factor = (float) (error * classifierHead.scale());
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
        classifierHead.parameters().clone(),
        optimizer.firstMoment().clone(),
        optimizer.secondMoment().clone(),
        epochs);
  }

  public ClassifierHead head() {
    return new ClassifierHead(
        classifierHead.parameters().clone(),
        classifierHead.classCount(),
        classifierHead.dimensions(),
        classifierHead.scale());
  }

  private static int weightCount(Examples examples) {
    return examples.classCount() * examples.dimensions();
  }
}
