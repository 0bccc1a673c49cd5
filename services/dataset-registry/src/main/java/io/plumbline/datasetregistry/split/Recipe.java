package io.plumbline.datasetregistry.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a version is split; the same recipe over the same version gives the same subsets, byte for
 * byte. Subsets are given by shares, by the ids of their items, or by a metadata column with the
 * name of the subset; exactly one of the three.
 *
 * @param shares by subset, adding up to 1
 * @param rows item ids by subset; rows that are not named are left out
 * @param column its value is the name of the subset; rows without one are left out
 * @param stratify whether every subset has the labels in the same proportion
 * @param grouped whether near-duplicates stay in one subset
 * @param dropDuplicates whether only one of equal and nearly equal rows is kept: of rows that are
 *     given to subsets, one of test if there is any; else the first
 * @param maxRows the size of a sample, stratified when the split is; absent for all rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipe(
    long seed,
    Map<String, Double> shares,
    Map<String, List<String>> rows,
    @Nullable String column,
    boolean stratify,
    boolean grouped,
    boolean dropDuplicates,
    @Nullable Integer maxRows) {

  public static final String SUBSET_NAME = "[a-z][a-z0-9-]{0,31}";

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
