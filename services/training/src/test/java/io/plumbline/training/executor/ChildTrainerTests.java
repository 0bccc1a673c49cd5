package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Classifier;
import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.training.executor.ChildTrainer.Message;
import io.plumbline.training.head.HeadHyperparameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the real child process with the real encoder. */
class ChildTrainerTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void trains_a_classifier_that_answers_unseen_texts() throws Exception {
    TrainerReport.Trained trained =
        (TrainerReport.Trained) runToEnd(assignment("job", 30)).getLast();
    assertThat(trained.best().validationMacroF1()).isGreaterThan(0.95);
    try (InputStream artifact = Files.newInputStream(directory.resolve("job/artifact.bin"));
        Encoder encoder = Encoder.open(EncoderModel.MINILM, 1, 64)) {
      Classifier classifier = Classifier.read(artifact);
      double[] scores =
          classifier.probabilities(
              encoder.encode(List.of("my parcel has still not arrived")).getFirst());
      assertThat(classifier.labels()).containsExactly("delivery", "payment");
      assertThat(scores[0]).isGreaterThan(scores[1]);
    }
  }

  @Test
  void killed_midway_it_goes_on_at_its_last_checkpoint_and_ends_in_the_same_artifact()
      throws Exception {
    runToEnd(assignment("uninterrupted", 400));
    TrainerAssignment trainerAssignment = assignment("killed", 400);
    try (ChildTrainer child = ChildTrainer.start(trainerAssignment, "128m", JSON)) {
      take(
          child,
          trainerReport ->
              trainerReport instanceof TrainerReport.EpochEnded ended
                  && ended.epoch().number() == 40);
      trainers().forEach(ProcessHandle::destroyForcibly);
      Message last = null;
      while (!(last instanceof Message.Ended)) {
        last = Objects.requireNonNull(child.poll(TIMEOUT));
      }
      assertThat(last).isEqualTo(new Message.Ended(137, List.of()));
    }
    assertThat(directory.resolve("killed/artifact.bin")).doesNotExist();
    Path early = directory.resolve("killed/epoch-00001.checkpoint");
    FileTime written = Files.getLastModifiedTime(early);
    runToEnd(trainerAssignment);
    assertThat(Files.getLastModifiedTime(early))
        .as("a training that began anew would write its first epoch again")
        .isEqualTo(written);
    assertThat(directory.resolve("killed/artifact.bin"))
        .hasSameBinaryContentAs(directory.resolve("uninterrupted/artifact.bin"));
  }

  @Test
  void ends_together_with_its_parent() throws Exception {
    Process child = ChildTrainer.launch(assignment("orphan", 100_000), "128m", JSON);
    try (BufferedReader reports = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(reports.lines().anyMatch(report -> report.contains("\"epoch\""))).isTrue();
      // The end of the parent would close the stream, too.
      child.getOutputStream().close();
      assertThat(child.waitFor(TIMEOUT)).isTrue();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void reports_what_is_wrong_with_its_rows() throws Exception {
    TrainerAssignment good = assignment("refused", 5);
    TrainerAssignment.Subset other =
        subset("other", rows(new String[] {"a text"}, "never seen", " "));
    TrainerAssignment bad =
        new TrainerAssignment(
            good.encoder(),
            good.encoderDigest(),
            good.maxTokens(),
            good.train(),
            other,
            good.hyperparameters(),
            1,
            good.directory(),
            good.embeddings(),
            1);
    assertThat(runToEnd(bad))
        .containsExactly(
            new TrainerReport.Refused(
                "The validation subset has the label 'never seen', which no training item has"));
  }

  private List<TrainerReport> runToEnd(TrainerAssignment trainerAssignment) throws Exception {
    try (ChildTrainer child = ChildTrainer.start(trainerAssignment, "128m", JSON)) {
      List<TrainerReport> reports =
          take(
              child,
              trainerReport ->
                  trainerReport instanceof TrainerReport.Trained
                      || trainerReport instanceof TrainerReport.Refused);
      assertThat(child.poll(TIMEOUT)).isEqualTo(new Message.Ended(0, List.of()));
      return reports;
    }
  }

  private static List<TrainerReport> take(ChildTrainer child, Predicate<TrainerReport> last)
      throws InterruptedException {
    List<TrainerReport> reports = new ArrayList<>();
    while (true) {
      Message message = Objects.requireNonNull(child.poll(TIMEOUT), "the child reports nothing");
      TrainerReport trainerReport =
          switch (message) {
            case Message.Reported reported -> reported.report();
            case Message.Ended ended -> throw new AssertionError("the child ended early: " + ended);
          };
      reports.add(trainerReport);
      if (last.test(trainerReport)) {
        return reports;
      }
    }
  }

  private TrainerAssignment assignment(String name, int epochs) throws IOException {
    String[] delivery = {
      "where is my parcel",
      "the package has not arrived",
      "delivery is late",
      "when will it be shipped"
    };
    String[] payment = {
      "my card was declined",
      "I was charged twice",
      "the invoice is wrong",
      "please refund the payment"
    };
    TrainerAssignment.Subset train =
        subset(
            "train", rows(delivery, "delivery", " number "), rows(payment, "payment", " number "));
    TrainerAssignment.Subset validation =
        subset(
            "validation",
            rows(delivery, "delivery", " order "),
            rows(payment, "payment", " order "));
    return new TrainerAssignment(
        EncoderModel.MINILM.id(),
        EncoderModel.MINILM.digest(),
        64,
        train,
        validation,
        new HeadHyperparameters(2e-3, 8, epochs, 0.01, 20, epochs),
        11,
        directory.resolve(name),
        directory.resolve("embeddings"),
        2);
  }

  private TrainerAssignment.Subset subset(String name, String... content) throws IOException {
    byte[] bytes = String.join("\n", content).getBytes(StandardCharsets.UTF_8);
    Path path = directory.resolve(name + ".jsonl");
    Files.write(path, bytes);
    return new TrainerAssignment.Subset(path, Digest.of(bytes));
  }

  private static String rows(String[] texts, String label, String join) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < texts.length * 5; i++) {
      rows.append(
          """
          {"itemId":"%s%d","input":{"messages":[{"role":"user","content":"%s%s%d"}]},"expected":{"label":"%s"}}
          """
              .formatted(label, i, texts[i % texts.length], join, i, label));
    }
    return rows.toString().strip();
  }

  private static Stream<ProcessHandle> trainers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("TrainerMain"));
  }
}
