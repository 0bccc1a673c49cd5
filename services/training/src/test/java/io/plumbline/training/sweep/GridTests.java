package io.plumbline.training.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTests {

  private static final Grid GRID =
      new Grid(Map.of("epochs", List.of(5.0, 10.0), "learningRate", List.of(0.001, 0.002)));

  @Test
  void has_every_combination_as_apoint() {
    assertThat(GRID.points(20, 1))
        .containsExactly(
            Map.of("epochs", 5.0, "learningRate", 0.001),
                Map.of("epochs", 5.0, "learningRate", 0.002),
            Map.of("epochs", 10.0, "learningRate", 0.001),
                Map.of("epochs", 10.0, "learningRate", 0.002));
  }

  @Test
  void draws_from_its_points_when_there_are_too_many() {
    List<Map<String, Double>> drawn = GRID.points(3, 7);
    assertThat(drawn)
        .hasSize(3)
        .doesNotHaveDuplicates()
        .isSubsetOf(GRID.points(4, 7))
        .isEqualTo(GRID.points(3, 7));
  }

  @Test
  void counts_its_points() {
    assertThat(GRID.size()).isEqualTo(4);
  }
}
