package io.plumbline.datasetregistry.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.datasetregistry.item.GivenSubset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a version is split; the same recipe over the same version gives the same subsets, byte for
 * byte. Subsets are given by shares, by the ids of their items, by a metadata column with the name
 * of the subset, or by the uploader; exactly one of the four.
 *
 * @param shares by subset, adding up to 1
 * @param rows item ids by subset; rows that are not named are left out
 * @param column its value is the name of the subset; rows without one are left out
 * @param given true where the subsets are those that the uploader gave, which each row must have;
 *     else absent
 * @param stratify whether every subset has the labels in the same proportion
 * @param grouped whether near-duplicates stay in one subset
 * @param dropDuplicates whether only one of equal and nearly equal rows is kept, the first; of rows
 *     that are given to subsets all of test, else one of any but train, else one of train
 * @param maxRows the size of a sample, stratified when the split is; absent for all rows
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

  /** The only subset of documents: all of them. No other dataset has one of this name. */
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

  /** How a version of documents is divided: not at all. */
  static Recipe ofDocuments() {
    return new Recipe(1, Map.of(DOCUMENTS, 1.0), null, null, null, false, false, false, null);
  }

  /** The metadata that names the subset of a row; absent where shares or ids do. */
  @Nullable String field() {
    return given == null ? column : GivenSubset.FIELD;
  }
}
