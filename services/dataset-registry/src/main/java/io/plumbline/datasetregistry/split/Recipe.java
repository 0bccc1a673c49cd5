package io.plumbline.datasetregistry.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.datasetregistry.item.GivenSubset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipe by which a version is split. The same recipe over the same version gives the same
 * subsets, byte for byte. Subsets are given in exactly one of four ways: by shares, by the ids of
 * their items, by a metadata column with the name of the subset, or by the uploader.
 *
 * @param shares shares by subset, which add up to 1
 * @param rows item ids by subset; rows that are not named are left out
 * @param column the column whose value is the name of the subset; rows without one are left out
 * @param given true if the subsets are those that the uploader gave, which each row must have;
 *     otherwise absent
 * @param stratify whether every subset has the labels in the same proportion
 * @param grouped whether near-duplicates stay in one subset
 * @param dropDuplicates whether only the first of equal and nearly equal rows is kept; if rows are
 *     assigned to subsets, all rows of test are kept, or else one row of a subset other than train,
 *     or else one of train
 * @param maxRows the size of a sample, which is stratified if the split is; absent for all rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipe(
    long seed,
    Map<String, Double> shares,
    Map<String, List<String>> rows,
    @Nullable String column,
    @Nullable Boolean given,
    boolean stratify,
    boolean grouped,
    boolean dropDuplicates,
    @Nullable Integer maxRows) {

  public static final String SUBSET_NAME = "[a-z][a-z0-9-]{0,31}";

  /** The only subset of a version of documents, with all documents. No other dataset may use it. */
  public static final String DOCUMENTS = "documents";

  public Recipe(
      long seed,
      @Nullable Map<String, Double> shares,
      @Nullable Map<String, List<String>> rows,
      @Nullable String column,
      @Nullable Boolean given,
      boolean stratify,
      boolean grouped,
      boolean dropDuplicates,
      @Nullable Integer maxRows) {
    this.seed = seed;
    this.shares = shares == null ? Map.of() : new TreeMap<>(shares);
    this.rows = rows == null ? Map.of() : new TreeMap<>(rows);
    this.column = column;
    this.given = given;
    this.stratify = stratify;
    this.grouped = grouped;
    this.dropDuplicates = dropDuplicates;
    this.maxRows = maxRows;
  }

  /** Returns the recipe for documents, which puts all of them into one subset. */
  static Recipe ofDocuments() {
    return new Recipe(1, Map.of(DOCUMENTS, 1.0), null, null, null, false, false, false, null);
  }

  /** Returns the metadata field with the subset of a row; null for shares and item ids. */
  @Nullable String metadataField() {
    return given == null ? column : GivenSubset.FIELD;
  }
}
