package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.training.head.Epoch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class TrainerReportTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Epoch EPOCH = new Epoch(3, 0.001, 0.1, 0.97, 0.3, 0.93, 0.92);

  static Stream<TrainerReport> reports() {
    return Stream.of(
        new TrainerReport.Embedded(50, 200),
        new TrainerReport.EpochEnded(EPOCH, "epoch-00003.checkpoint"),
        new TrainerReport.Trained(
            "artifact.bin",
            "epoch-00003.checkpoint",
            EPOCH,
            EPOCH,
            false,
            List.of("ham", "spam"),
            Map.of("ham", 0.9),
            Map.of("ham", 120, "spam", 80),
            1,
            List.of(new TrainerReport.Suspect("0f", "ham", "spam", 0.02))),
        new TrainerReport.Refused("The train subset has no items"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void survives_the_line_that_it_is_written_in(TrainerReport trainerReport) {
    String line = JSON.writerFor(TrainerReport.class).writeValueAsString(trainerReport);
    assertThat(line).doesNotContain("\n");
    assertThat(JSON.readValue(line, TrainerReport.class)).isEqualTo(trainerReport);
  }

  @Test
  void names_its_type() {
    assertThat(
            JSON.writerFor(TrainerReport.class)
                .writeValueAsString(new TrainerReport.Embedded(50, 200)))
        .isEqualTo("{\"type\":\"embedded\",\"done\":50,\"total\":200}");
  }

  @Test
  void checkpoints_sort_by_their_epoch() {
    assertThat(List.of(HeadTrainingRun.checkpointName(9), HeadTrainingRun.checkpointName(10)))
        .containsExactly("epoch-00009.checkpoint", "epoch-00010.checkpoint")
        .isSorted();
  }
}
