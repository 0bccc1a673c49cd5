package io.plumbline.modelregistry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.localmodels.Classifier;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.modelregistry.catalog.BaseModelName;
import io.plumbline.modelregistry.catalog.Listing;
import io.plumbline.modelregistry.catalog.ModelKind;
import io.plumbline.modelregistry.catalog.Prices;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineageTests {

  private static final Digest ARTIFACT = Digest.ofText("artifact");
  private static final UUID JOB = new UUID(0, 1);
  private static final Listing BASE =
      new Listing(
          BaseModelName.of("local/choice-minilm"),
          Digest.ofText("base"),
          ModelKind.CHOICE,
          "",
          512,
          Prices.FREE,
          "Apache-2.0",
          true,
          false,
          null);

  @Test
  void combines_the_job_the_base_model_and_the_artifact() {
    assertThat(Lineage.of(job(), ARTIFACT, BASE, classifier("personal", "spam")))
        .isEqualTo(
            new Lineage(
                JOB,
                "mail-triage",
                "local/choice-minilm",
                Digest.ofText("base"),
                "Apache-2.0",
                "HEAD",
                Digest.ofText("dataset"),
                Digest.ofText("split"),
                ARTIFACT,
                Digest.ofText("checkpoint"),
                "all-minilm-l6-v2",
                EncoderModel.MINILM.digest(),
                128,
                Map.of("epochs", "20"),
                Map.of("macro_f1", 0.9),
                List.of("personal", "spam"),
                Money.usd("0.001"),
                12));
  }

  @Test
  void refuses_an_artifact_whose_labels_are_not_those_of_the_job() {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> Lineage.of(job(), ARTIFACT, BASE, classifier("ham", "spam")));
    assertThat(problem.type()).isEqualTo(ModelProblem.UNUSABLE_ARTIFACT);
    assertThat(problem)
        .hasMessage("Train again: the artifact's labels differ from those of the job.");
  }

  private static JobFinished job() {
    return new JobFinished(
        JOB,
        "mail-triage",
        "local/choice-minilm",
        "HEAD",
        RunOutcome.SUCCEEDED,
        Digest.ofText("dataset"),
        Digest.ofText("split"),
        ARTIFACT,
        Digest.ofText("checkpoint"),
        Map.of("epochs", "20"),
        Map.of("macro_f1", 0.9),
        List.of("personal", "spam"),
        Money.usd("0.001"),
        12,
        "ada",
        List.of("ada"));
  }

  private static Classifier classifier(String... labels) {
    return new Classifier(
        EncoderModel.MINILM,
        128,
        List.of(labels),
        20,
        new float[2][EncoderModel.DIMENSIONS],
        new float[2]);
  }
}
