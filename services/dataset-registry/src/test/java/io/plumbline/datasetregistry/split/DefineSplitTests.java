package io.plumbline.datasetregistry.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefineSplitTests {

  private static final Map<String, Double> SHARES = Map.of("train", 0.8, "test", 0.2);

  @Test
  void shares_are_stratified_and_grouped_unless_refused() {
    assertThat(wire(SHARES, null, null).toRecipe())
        .isEqualTo(new Recipe(1, SHARES, null, null, null, true, true, false, null));
    assertThat(new DefineSplit(7L, SHARES, null, null, null, false, false, true, 50).toRecipe())
        .isEqualTo(new Recipe(7, SHARES, null, null, null, false, false, true, 50));
  }

  @Test
  void named_rows_and_columns_are_taken_as_they_are() {
    Map<String, List<String>> rows = Map.of("train", List.of("a"), "test", List.of("b"));
    assertThat(wire(null, rows, null).toRecipe())
        .isEqualTo(new Recipe(1, null, rows, null, null, false, false, false, null));
    assertThat(wire(null, null, "part").toRecipe())
        .isEqualTo(new Recipe(1, null, null, "part", null, false, false, false, null));
  }

  @Test
  void the_subsets_of_the_uploader_are_taken_as_they_are() {
    assertThat(new DefineSplit(null, null, null, null, true, null, null, true, null).toRecipe())
        .isEqualTo(new Recipe(1, null, null, null, true, false, false, true, null));
    assertThat(refusal(new DefineSplit(null, null, null, null, false, null, null, null, null)))
        .contains("/subsets", "give exactly one of");
    assertThat(refusal(new DefineSplit(null, SHARES, null, null, true, null, null, null, null)))
        .contains("/subsets", "give exactly one of");
  }

  @Test
  void named_subsets_are_stratified_and_grouped_only_as_a_sample() {
    Map<String, List<String>> rows = Map.of("train", List.of("a"), "test", List.of("b"));
    assertThat(refusal(new DefineSplit(1L, null, rows, null, null, null, true, null, null)))
        .contains("/grouped", "has an effect with subsets (shares) or maxRows only");
    assertThat(refusal(new DefineSplit(1L, null, null, "part", null, true, null, null, null)))
        .contains("/stratify", "has an effect with subsets (shares) or maxRows only");
    assertThat(refusal(new DefineSplit(1L, null, null, null, true, null, true, true, null)))
        .contains("/grouped");
    assertThat(new DefineSplit(1L, null, null, "part", null, true, true, null, 50).toRecipe())
        .isEqualTo(new Recipe(1, null, null, "part", null, true, true, false, 50));
    assertThat(new DefineSplit(1L, null, null, "part", null, false, false, null, null).toRecipe())
        .isEqualTo(new Recipe(1, null, null, "part", null, false, false, false, null));
  }

  @Test
  void no_subset_is_named_as_that_of_documents() {
    assertThat(refusal(wire(Map.of("documents", 1.0), null, null)))
        .contains("/subsets", "cannot contain the name documents");
    assertThat(refusal(wire(null, Map.of("documents", List.of("a")), null)))
        .contains("/rows", "cannot contain the name documents");
  }

  @Test
  void exactly_one_way_is_given() {
    assertThat(refusal(wire(null, null, null))).contains("/subsets", "give exactly one of");
    assertThat(refusal(wire(SHARES, null, "part"))).contains("/subsets", "give exactly one of");
  }

  @Test
  void shares_add_up_to_one() {
    assertThat(refusal(wire(Map.of("train", 0.8, "test", 0.1), null, null)))
        .contains("shares must add up to 1; these add up to 0.9");
    assertThat(refusal(wire(Map.of("train", 1.2), null, null)))
        .contains("/subsets/train", "must be more than 0 and at most 1");
    assertThat(refusal(wire(Map.of(), null, null))).contains("must name at least one subset");
  }

  @Test
  void a_name_without_a_meaning_is_refused_with_those_that_have_one() {
    String meanings =
        "which no later step uses: use train (for training, indexes and examples), validation (for"
            + " exploration) and test (for verdicts)";
    assertThat(refusal(wire(Map.of("valid", 0.4, "test", 0.6), null, null)))
        .contains("/subsets", "cannot contain the name 'valid', " + meanings);
    assertThat(refusal(wire(null, Map.of("Train", List.of("a")), null)))
        .contains("/rows", "cannot contain the name 'Train', " + meanings);
  }

  @Test
  void a_row_is_named_once() {
    assertThat(refusal(wire(null, Map.of("train", List.of("a"), "test", List.of("a")), null)))
        .contains("must name each row once, and in one subset only");
    assertThat(refusal(wire(null, Map.of("train", List.of()), null)))
        .contains("/rows/train", "must name at least one row");
  }

  private static DefineSplit wire(
      @Nullable Map<String, Double> shares,
      @Nullable Map<String, List<String>> rows,
      @Nullable String column) {
    return new DefineSplit(null, shares, rows, column, null, null, null, null, null);
  }

  private static String refusal(DefineSplit wire) {
    Problem problem = catchThrowableOfType(Problem.class, wire::toRecipe);
    return String.valueOf(problem.body().getProperties());
  }
}
