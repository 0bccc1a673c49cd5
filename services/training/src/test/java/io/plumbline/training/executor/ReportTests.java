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

class ReportTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Epoch EPOCH = new Epoch(3, 0.001, 0.1, 0.97, 0.3, 0.93, 0.92);

  static Stream<Report> reports() {
    return Stream.of(
        new Report.Embedded(50, 200),
        new Report.EpochEnded(EPOCH, "epoch-00003.checkpoint"),
        new Report.Trained(
            "artifact.bin",
            "epoch-00003.checkpoint",
            EPOCH,
            EPOCH,
            false,
            List.of("ham", "spam"),
            Map.of("ham", 0.9),
            Map.of("ham", 120, "spam", 80),
            1,
            List.of(new Report.Suspect("0f", "ham", "spam", 0.02))),
        new Report.Refused("The train subset has no items"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void survives_the_line_that_it_is_written_in(Report report) {
    String line = JSON.writerFor(Report.class).writeValueAsString(report);
    assertThat(line).doesNotContain("\n");
    assertThat(JSON.readValue(line, Report.class)).isEqualTo(report);
  }

  @Test
  void names_its_type() {
    assertThat(JSON.writerFor(Report.class).writeValueAsString(new Report.Embedded(50, 200)))
        .isEqualTo("{\"type\":\"embedded\",\"done\":50,\"total\":200}");
  }

  @Test
  void checkpoints_sort_by_their_epoch() {
    assertThat(List.of(HeadTraining.checkpointName(9), HeadTraining.checkpointName(10)))
        .containsExactly("epoch-00009.checkpoint", "epoch-00010.checkpoint")
        .isSorted();
  }
}
