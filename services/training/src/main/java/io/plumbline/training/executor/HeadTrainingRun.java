package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Classifier;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.blob.DurableFiles;
import io.plumbline.training.checkpoint.CheckpointFile;
import io.plumbline.training.head.ClassifierHead;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.head.Examples;
import io.plumbline.training.head.HeadTrainer;
import io.plumbline.training.head.Scores;
import io.plumbline.training.head.SuspiciousLabels;
import io.plumbline.training.head.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A run of an assignment. It embeds the texts, continues from the newest valid checkpoint, trains
 * to the end, and writes the artifact of the best epoch. Running it again after any interruption
 * ends in the same artifact.
 */
final class HeadTrainingRun {

  static final String ARTIFACT = "artifact.bin";
  private static final double SUSPICIOUS_CONFIDENCE = 0.1;
  private static final int MAX_SUSPECTS = 20;

  private final TrainerAssignment trainerAssignment;
  private final Consumer<TrainerReport> reports;

  HeadTrainingRun(TrainerAssignment trainerAssignment, Consumer<TrainerReport> reports) {
    this.trainerAssignment = trainerAssignment;
    this.reports = reports;
  }

  void run() throws IOException {
    Files.createDirectories(trainerAssignment.directory());
    Files.createDirectories(trainerAssignment.embeddings());
    LabelledTexts trainRows = LabelledTexts.read("train", trainerAssignment.train());
    LabelledTexts validationRows = LabelledTexts.read("validation", trainerAssignment.validation());
    List<String> labels = List.copyOf(new TreeSet<>(trainRows.labels()));
    if (labels.size() < 2 || labels.size() > Classifier.MAX_LABELS) {
      throw new UnusableData(
          "The train subset has "
              + labels.size()
              + " labels; a head needs 2 to "
              + Classifier.MAX_LABELS);
    }
    Examples train;
    Examples validation;
    int[] validationClasses = validationRows.classes(labels, "validation");
    try (SubsetEmbedder subsetEmbedder =
        new SubsetEmbedder(trainerAssignment, trainRows.size() + validationRows.size(), reports)) {
      train =
          new Examples(
              subsetEmbedder.readOrEmbed(trainerAssignment.train(), trainRows),
              trainRows.classes(labels, "train"),
              EncoderModel.DIMENSIONS,
              labels.size());
      validation =
          new Examples(
              subsetEmbedder.readOrEmbed(trainerAssignment.validation(), validationRows),
              validationClasses,
              EncoderModel.DIMENSIONS,
              labels.size());
    }
    TrainingState state = train(train, validation);
    writeArtifact(state, trainRows, labels, train, validation);
  }

  private TrainingState train(Examples train, Examples validation) throws IOException {
    Digest recipe = trainerAssignment.recipeDigest();
    Optional<TrainingState> former = newestCheckpoint(recipe);
    HeadTrainer trainer =
        former
            .map(state ->
                HeadTrainer.resume(
                    train,
                    validation,
                    trainerAssignment.hyperparameters(),
                    trainerAssignment.seed(),
                    state))
            .orElseGet(() ->
                HeadTrainer.begin(
                    train,
                    validation,
                    trainerAssignment.hyperparameters(),
                    trainerAssignment.seed()));
    // Earlier epochs are reported again, because the parent may have crashed before it recorded the
    // last of them.
    for (Epoch epoch : former.map(TrainingState::epochs).orElse(List.of())) {
      reports.accept(new TrainerReport.EpochEnded(epoch, checkpointName(epoch.number())));
    }
    while (!trainer.isFinished()) {
      Epoch epoch = trainer.runEpoch();
      String name = checkpointName(epoch.number());
      DurableFiles.replace(
          trainerAssignment.directory().resolve(name),
          CheckpointFile.bytes(recipe, trainer.state()));
      reports.accept(new TrainerReport.EpochEnded(epoch, name));
    }
    return trainer.state();
  }

  private void writeArtifact(
      TrainingState state,
      LabelledTexts rows,
      List<String> labels,
      Examples train,
      Examples validation)
      throws IOException {
    String best = checkpointName(state.best().number());
    TrainingState chosen =
        CheckpointFile.read(
                trainerAssignment.recipeDigest(), trainerAssignment.directory().resolve(best))
            .orElseThrow(() ->
                new IOException("The checkpoint of the best epoch, " + best + ", is missing"));
    ClassifierHead classifierHead =
        new ClassifierHead(
            chosen.parameters(),
            labels.size(),
            EncoderModel.DIMENSIONS,
            trainerAssignment.hyperparameters().logitScale());
    DurableFiles.replace(
        trainerAssignment.directory().resolve(ARTIFACT),
        toClassifier(classifierHead, labels).bytes());

    Scores scores = Scores.of(classifierHead, validation);
    Map<String, Double> f1 = new TreeMap<>();
    Map<String, Integer> support = new TreeMap<>();
    int[] trainSupport = train.examplesPerClass();
    for (int k = 0; k < labels.size(); k++) {
      if (!Double.isNaN(scores.f1().get(k))) {
        f1.put(labels.get(k), scores.f1().get(k));
      }
      support.put(labels.get(k), trainSupport[k]);
    }
    List<SuspiciousLabels.Suspect> suspects =
        SuspiciousLabels.find(classifierHead, train, SUSPICIOUS_CONFIDENCE);
    List<TrainerReport.Suspect> reported =
        suspects.stream()
            .limit(MAX_SUSPECTS)
            .map(suspect ->
                new TrainerReport.Suspect(
                    rows.ids().get(suspect.index()),
                    rows.labels().get(suspect.index()),
                    labels.get(suspect.answer()),
                    suspect.selfConfidence()))
            .toList();
    Epoch last = state.epochs().getLast();
    boolean early = last.number() < trainerAssignment.hyperparameters().epochs();
    reports.accept(
        new TrainerReport.Trained(
            ARTIFACT,
            best,
            state.best(),
            last,
            early,
            labels,
            f1,
            support,
            suspects.size(),
            reported));
  }

  private Classifier toClassifier(ClassifierHead classifierHead, List<String> labels) {
    float[][] weights =
        IntStream.range(0, labels.size())
            .mapToObj(classifierHead::weightsOf)
            .toArray(float[][]::new);
    float[] biases = new float[labels.size()];
    for (int k = 0; k < biases.length; k++) {
      biases[k] = classifierHead.biasOf(k);
    }
    return new Classifier(
        trainerAssignment.requireEncoder(),
        trainerAssignment.maxTokens(),
        labels,
        (float) classifierHead.scale(),
        weights,
        biases);
  }

  private Optional<TrainingState> newestCheckpoint(Digest recipe) throws IOException {
    for (int number = trainerAssignment.hyperparameters().epochs(); number > 0; number--) {
      Path file = trainerAssignment.directory().resolve(checkpointName(number));
      Optional<TrainingState> state = CheckpointFile.read(recipe, file);
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  static String checkpointName(int epoch) {
    return "epoch-%05d.checkpoint".formatted(epoch);
  }
}
