package io.plumbline.datasetregistry.quality;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The quality report of one dataset version; the same rows give the same report, byte for byte.
 *
 * @param emptyRows rows whose text has no letter and no digit
 * @param labels absent for a dataset without labels
 * @param findings for each kind of finding, the number of findings and the number of them that can
 *     be listed; a row has a finding for each of its sensitive values
 * @param notes limits of the measurement
 */
public record Report(
    long rows,
    long emptyRows,
    Duplicates duplicates,
    @Nullable Labels labels,
    Lengths lengths,
    Privacy privacy,
    List<FindingCount> findings,
    List<String> notes) {

  /** Returns the number of rows of each label; empty for a dataset without labels. */
  public Map<String, Long> rowsByLabel() {
    return labels == null ? Map.of() : labels.rows();
  }

  /** Returns the number of findings of a kind. */
  public long findingCount(String kind) {
    return findings.stream()
        .filter(each -> each.kind().equals(kind))
        .mapToLong(FindingCount::count)
        .sum();
  }

  /**
   * @param exact rows whose normalised text equals that of an earlier row
   * @param near further rows that are connected to an earlier row by near-duplicates
   * @param clusters groups of two or more rows that are connected by either
   * @param threshold the estimated Jaccard similarity of word 3-shingles from which on two texts
   *     are near-duplicates
   */
  public record Duplicates(long exact, long near, long clusters, double threshold) {}

  /**
   * @param imbalanceRatio rows of the most frequent label divided by those of the rarest
   * @param evenness entropy of the labels, 1 when all are equally common
   * @param contradictions groups of rows with equal normalised text and different labels
   * @param contradictingRows the rows in those groups
   */
  public record Labels(
      Map<String, Long> rows,
      double imbalanceRatio,
      double evenness,
      long contradictions,
      long contradictingRows) {}

  /**
   * @param tokenCounter the name of the estimate: see {@code docs/services/dataset-registry.md}
   */
  public record Lengths(
      Distribution characters, Distribution words, Distribution tokens, String tokenCounter) {}

  /**
   * @param findings occurrences of each kind; the values themselves are not stored
   * @param affectedRows rows with at least one occurrence
   * @param regions ISO 3166 codes of the countries whose national numbers were looked for; absent
   *     in reports that do not say
   */
  public record Privacy(
      Map<String, Long> findings,
      long personal,
      long secrets,
      long affectedRows,
      @Nullable List<String> regions) {
    public long total() {
      return personal + secrets;
    }

    /** Returns the kinds that were found. */
    public Set<String> kinds() {
      return findings.entrySet().stream()
          .filter(each -> each.getValue() > 0)
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }
  }

  /**
   * @param listed the number of findings that can be listed with their rows; the rest are counted
   */
  public record FindingCount(String kind, long count, long listed) {}
}
