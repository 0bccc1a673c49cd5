package io.plumbline.datasetregistry.split;

import io.plumbline.datasetregistry.item.GivenSubset;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A split to be made. It has exactly one of {@code subsets}, {@code rows}, {@code column} and
 * {@code given}.
 *
 * @param subsets shares by name, which add up to 1; the names are those of {@link GivenSubset}
 * @param rows item ids by subset, with the same names
 * @param column a column of the upload whose values name the subsets
 * @param given true for the subsets that the rows were uploaded with
 * @param stratify true when absent and there are shares; true needs shares or {@code maxRows}
 * @param grouped true when absent and there are shares; true needs shares or {@code maxRows}
 */
record DefineSplit(
    @Min(0) @Max(9_007_199_254_740_991L) @Nullable Long seed,
    @Size(max = 16) @Nullable Map<String, Double> subsets,
    @Size(max = 16) @Nullable Map<String, List<String>> rows,
    @Size(min = 1, max = 200) @Nullable String column,
    @Nullable Boolean given,
    @Nullable Boolean stratify,
    @Nullable Boolean grouped,
    @Nullable Boolean dropDuplicates,
    @Min(2) @Nullable Integer maxRows) {

  Recipe toRecipe() {
    boolean asGiven = given != null && given;
    if (Stream.of(subsets != null, rows != null, column != null, asGiven)
            .filter(named -> named)
            .count()
        != 1) {
      throw Problem.invalid(
          "/subsets",
          "give exactly one of subsets (shares), rows (item ids), column and given (true: those"
              + " that the rows were uploaded with)");
    }
    if (subsets != null) {
      checkNames("/subsets", subsets.keySet());
      checkShares(subsets);
    }
    if (rows != null) {
      checkNames("/rows", rows.keySet());
      checkRows(rows);
    }
    boolean shared = subsets != null;
    if (!shared && maxRows == null) {
      rejectWithoutEffect("/stratify", stratify);
      rejectWithoutEffect("/grouped", grouped);
    }
    return new Recipe(
        Objects.requireNonNullElse(seed, 1L),
        subsets,
        rows,
        column,
        asGiven ? true : null,
        Objects.requireNonNullElse(stratify, shared),
        Objects.requireNonNullElse(grouped, shared),
        dropDuplicates != null && dropDuplicates,
        maxRows);
  }

  /**
   * Rejects an option that would have no effect: all rows whose subsets are named are taken as they
   * are, unless only a sample of them is taken.
   */
  private static void rejectWithoutEffect(String pointer, @Nullable Boolean requested) {
    if (requested != null && requested) {
      throw Problem.invalid(
          pointer,
          "has an effect with subsets (shares) or maxRows only: omit it, or give one of them");
    }
  }

  private static void checkNames(String pointer, Set<String> names) {
    if (names.isEmpty()) {
      throw Problem.invalid(pointer, "must name at least one subset");
    }
    for (String name : names) {
      if (name.equals(Recipe.DOCUMENTS)) {
        throw Problem.invalid(
            pointer,
            "cannot contain the name documents, which is reserved for datasets of documents");
      }
      if (!GivenSubset.NAMES.contains(name)) {
        throw Problem.invalid(
            pointer,
            ("cannot contain the name '%s', which no later step uses: use train (for training,"
                    + " indexes and examples), validation (for exploration) and test (for"
                    + " verdicts)")
                .formatted(name));
      }
    }
  }

  private static void checkShares(Map<String, Double> shares) {
    double sum = 0;
    for (Map.Entry<String, @Nullable Double> share : shares.entrySet()) {
      Double value = share.getValue();
      if (value == null || !(value > 0 && value <= 1)) {
        throw Problem.invalid("/subsets/" + share.getKey(), "must be more than 0 and at most 1");
      }
      sum += value;
    }
    if (Math.abs(sum - 1) > 1e-6) {
      throw Problem.invalid(
          "/subsets", "shares must add up to 1; these add up to " + Math.round(sum * 1e6) / 1e6);
    }
  }

  private static void checkRows(Map<String, List<String>> rows) {
    Set<String> seen = new HashSet<>();
    rows.forEach((subset, ids) -> {
      if (ids == null || ids.isEmpty()) {
        throw Problem.invalid("/rows/" + subset, "must name at least one row");
      }
      for (String id : ids) {
        if (id == null || !seen.add(id)) {
          throw Problem.invalid(
              "/rows/" + subset, "must name each row once, and in one subset only");
        }
      }
    });
  }
}
