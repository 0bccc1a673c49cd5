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
 * @param findings how many rows each kind of finding concerns, and how many of them can be listed
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

  /** How many rows a kind of finding concerns. */
  public long count(String kind) {
    return findings.stream()
        .filter(each -> each.kind().equals(kind))
        .mapToLong(FindingCount::count)
        .sum();
  }

  /**
   * @param exact rows whose normalised text an earlier row has
   * @param near further rows that are connected to an earlier row by near-duplicates
   * @param clusters groups of two or more rows connected by either
   * @param threshold estimated Jaccard similarity of word 3-shingles from which two texts are
   *     near-duplicates
   */
  public record Duplicates(long exact, long near, long clusters, double threshold) {}

  /**
   * @param imbalanceRatio rows of the most frequent label divided by those of the rarest
   * @param evenness entropy of the labels, 1 when all are equally common
   * @param contradictions groups of rows with equal normalised text and different labels
   * @param contradictingRows the rows in them
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
   * @param findings occurrences of each kind; values are kept nowhere
   * @param affectedRows rows with at least one
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

    /** The kinds that were found. */
    public Set<String> kinds() {
      return findings.entrySet().stream()
          .filter(each -> each.getValue() > 0)
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }
  }

  /**
   * @param listed how many of them can be listed with their rows; the rest is only counted
   */
  public record FindingCount(String kind, long count, long listed) {}
}
