package io.plumbline.datasetregistry.split.web;

import io.plumbline.datasetregistry.split.Recipe;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A split to be made; exactly one of {@code parts}, {@code rows} and {@code column}.
 *
 * @param parts shares by name, adding up to 1
 * @param rows row ids by part
 * @param column of the upload, whose values name the parts
 * @param stratify true when absent and there are shares
 * @param grouped true when absent and there are shares
 */
record OrderSplit(
    @Min(0) @Max(9_007_199_254_740_991L) @Nullable Long seed,
    @Size(max = 16) @Nullable Map<String, Double> parts,
    @Size(max = 16) @Nullable Map<String, List<String>> rows,
    @Size(min = 1, max = 200) @Nullable String column,
    @Nullable Boolean stratify,
    @Nullable Boolean grouped,
    @Nullable Boolean dropDuplicates,
    @Min(2) @Nullable Integer maxRows) {

  Recipe recipe() {
    if (Stream.of(parts != null, rows != null, column != null).filter(given -> given).count()
        != 1) {
      throw Problem.invalid("/parts", "give exactly one of parts (shares), rows (ids) and column");
    }
    if (parts != null) {
      checkNames("/parts", parts.keySet());
      checkShares(parts);
    }
    if (rows != null) {
      checkNames("/rows", rows.keySet());
      checkRows(rows);
    }
    boolean shared = parts != null;
    return new Recipe(
        seed == null ? 1 : seed,
        parts,
        rows,
        column,
        stratify == null ? shared : stratify,
        grouped == null ? shared : grouped,
        dropDuplicates != null && dropDuplicates,
        maxRows);
  }

  private static void checkNames(String pointer, Set<String> names) {
    if (names.isEmpty()) {
      throw Problem.invalid(pointer, "name at least one part");
    }
    for (String name : names) {
      if (!name.matches(Recipe.PART_NAME)) {
        throw Problem.invalid(
            pointer,
            "names of parts have 1 to 32 lower-case letters, digits and hyphens, and begin with a"
                + " letter");
      }
    }
  }

  private static void checkShares(Map<String, Double> shares) {
    double sum = 0;
    for (Map.Entry<String, @Nullable Double> share : shares.entrySet()) {
      Double value = share.getValue();
      if (value == null || !(value > 0 && value <= 1)) {
        throw Problem.invalid("/parts/" + share.getKey(), "must be a share above 0 and at most 1");
      }
      sum += value;
    }
    if (Math.abs(sum - 1) > 1e-6) {
      throw Problem.invalid(
          "/parts", "shares must add up to 1; these make " + Math.round(sum * 1e6) / 1e6);
    }
  }

  private static void checkRows(Map<String, List<String>> rows) {
    Set<String> seen = new HashSet<>();
    rows.forEach((part, ids) -> {
      if (ids == null || ids.isEmpty()) {
        throw Problem.invalid("/rows/" + part, "name at least one row");
      }
      for (String id : ids) {
        if (id == null || !seen.add(id)) {
          throw Problem.invalid("/rows/" + part, "a row can be in one part only, and once");
        }
      }
    });
  }
}
