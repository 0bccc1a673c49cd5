package io.plumbline.training.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTests {

  private static final Grid GRID =
      new Grid(Map.of("epochs", List.of(5.0, 10.0), "learningRate", List.of(0.001, 0.002)));

  @Test
  void has_every_combination_as_a_point() {
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

  @Test
  void counts_a_huge_grid_without_overflow_and_up_to_the_limit() {
    List<Double> values = Collections.nCopies(50, 1.0);
    Map<String, List<Double>> axes = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      axes.put("axis" + i, values);
    }
    assertThat(new Grid(axes).size()).isEqualTo(Grid.MAX_POINTS + 1L);
  }

  @Test
  void another_seed_draws_other_points() {
    Grid grid =
        new Grid(
            Map.of(
                "epochs", List.of(1.0, 2.0, 3.0, 4.0, 5.0),
                "patience", List.of(1.0, 2.0, 3.0, 4.0, 5.0)));
    assertThat(grid.points(5, 1)).isNotEqualTo(grid.points(5, 2));
  }

  @Test
  void a_grid_of_one_value_has_one_point() {
    assertThat(new Grid(Map.of("epochs", List.of(5.0))).points(20, 1))
        .containsExactly(Map.of("epochs", 5.0));
  }
}
