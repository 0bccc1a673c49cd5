package io.plumbline.training.executor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.training.head.Epoch;
import java.util.List;
import java.util.Map;

/** A report, which is a line that the child process writes to its standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainerReport.Embedded.class, name = "embedded"),
  @JsonSubTypes.Type(value = TrainerReport.EpochEnded.class, name = "epoch"),
  @JsonSubTypes.Type(value = TrainerReport.Trained.class, name = "trained"),
  @JsonSubTypes.Type(value = TrainerReport.Refused.class, name = "refused")
})
public sealed interface TrainerReport {

  /**
   * The progress of embedding.
   *
   * @param done the number of texts of both subsets that are embedded
   */
  record Embedded(int done, int total) implements TrainerReport {}

  /**
   * The end of an epoch.
   *
   * @param checkpoint the name of a file in the job's directory, which is durable before it is
   *     reported
   */
  record EpochEnded(Epoch epoch, String checkpoint) implements TrainerReport {}

  /**
   * The end of a successful run.
   *
   * @param artifact the name of a file in the job's directory
   * @param best the epoch whose checkpoint became the artifact
   * @param validationF1 F1 on the validation subset by label
   * @param trainRows the number of training rows by label
   * @param suspects rows whose label the head considers unlikely, the least likely first
   */
  record Trained(
      String artifact,
      String checkpoint,
      Epoch best,
      Epoch last,
      boolean stoppedEarly,
      List<String> labels,
      Map<String, Double> validationF1,
      Map<String, Integer> trainRows,
      int suspectCount,
      List<Suspect> suspects)
      implements TrainerReport {}

  /**
   * A training row with a suspicious label.
   *
   * @param suggestion the label that the head predicts
   */
  record Suspect(String rowId, String label, String suggestion, double confidence) {}

  /** The report that the job cannot succeed, because another attempt would fail in the same way. */
  record Refused(String reason) implements TrainerReport {}
}
