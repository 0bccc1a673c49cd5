package io.plumbline.datasetregistry.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a version is split; the same recipe over the same version gives the same parts, byte for
 * byte. Parts are given by shares, or by naming their rows, or by a metadata column that holds the
 * part's name; exactly one of the three.
 *
 * @param shares by part, adding up to 1
 * @param rows row ids by part; rows named nowhere are left out
 * @param column its value is the part's name; rows without one are left out
 * @param stratify whether every part has the labels in the same proportion
 * @param grouped whether near-duplicates stay in one part
 * @param dropDuplicates whether only the first of equal and nearly equal rows is kept
 * @param maxRows absent for all rows; else a sample, stratified when the split is
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Recipe(
    long seed,
    Map<String, Double> shares,
    Map<String, List<String>> rows,
    @Nullable String column,
    boolean stratify,
    boolean grouped,
    boolean dropDuplicates,
    @Nullable Integer maxRows) {

  public static final String PART_NAME = "[a-z][a-z0-9-]{0,31}";

  public Recipe(
      long seed,
      @Nullable Map<String, Double> shares,
      @Nullable Map<String, List<String>> rows,
      @Nullable String column,
      boolean stratify,
      boolean grouped,
      boolean dropDuplicates,
      @Nullable Integer maxRows) {
    this.seed = seed;
    this.shares = shares == null ? Map.of() : new TreeMap<>(shares);
    this.rows = rows == null ? Map.of() : new TreeMap<>(rows);
    this.column = column;
    this.stratify = stratify;
    this.grouped = grouped;
    this.dropDuplicates = dropDuplicates;
    this.maxRows = maxRows;
  }
}
