package io.plumbline.training.executor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.training.head.Epoch;
import java.util.List;
import java.util.Map;

/** One line that the child process writes to its standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Report.Embedded.class, name = "embedded"),
  @JsonSubTypes.Type(value = Report.EpochEnded.class, name = "epoch"),
  @JsonSubTypes.Type(value = Report.Trained.class, name = "trained"),
  @JsonSubTypes.Type(value = Report.Refused.class, name = "refused")
})
public sealed interface Report {

  /**
   * @param done texts of both subsets that are embedded
   */
  record Embedded(int done, int total) implements Report {}

  /**
   * @param checkpoint name of the file in the job's directory; durable before it is reported
   */
  record EpochEnded(Epoch epoch, String checkpoint) implements Report {}

  /**
   * The end of a successful run.
   *
   * @param artifact name of the file in the job's directory
   * @param best the epoch whose checkpoint became the artifact
   * @param validationF1 per label
   * @param trainRows per label
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
      implements Report {}

  /**
   * @param suggestion what the head predicts
   */
  record Suspect(String rowId, String label, String suggestion, double confidence) {}

  /** The job cannot succeed: another attempt would end the same. */
  record Refused(String reason) implements Report {}
}
