package io.plumbline.datasetregistry.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Assigns candidates to subsets by a recipe. An object splits once. It takes about 60 bytes of heap
 * per row besides the candidates, because a million rows must fit beside the rest of the service.
 */
final class Splitter {

  /**
   * The result of a split.
   *
   * @param subsets the rows of each subset in an order given by the seed, so that the first rows of
   *     a subset are a sample of it
   */
  record Assigned(
      List<int[]> subsets, long emptyRows, long duplicates, long unsampled, long unnamed) {}

  /**
   * A group of rows that stay together, which is a range of {@link #members}.
   *
   * @param stratum the label of its first row, or 0 if the split is not stratified
   */
  private record Group(int from, int to, int stratum) {

    int size() {
      return to - from;
    }
  }

  private final SplitRows splitRows;
  private final Recipe recipe;
  private final double[] shares;
  private int[] members = new int[0];

  /**
   * @param shares the shares in the order of the subsets' names; empty if the recipe assigns rows
   */
  Splitter(SplitRows splitRows, Recipe recipe, double[] shares) {
    this.splitRows = splitRows;
    this.recipe = recipe;
    this.shares = shares;
  }

  /**
   * Splits the candidates.
   *
   * @param names the names of the subsets, in order
   */
  Assigned split(List<String> names) {
    int[] subsetOf = new int[splitRows.size()];
    Arrays.fill(subsetOf, SplitRows.NONE);
    long empty = 0;
    long unnamed = 0;
    int usable = 0;
    long[] byGroup = new long[splitRows.size()];
    boolean together = recipe.grouped() || recipe.dropDuplicates();
    for (int row = 0; row < splitRows.size(); row++) {
      if (splitRows.isEmpty(row)) {
        empty++;
      } else if (shares.length == 0 && splitRows.assignedSubset(row) == SplitRows.NONE) {
        unnamed++;
      } else {
        byGroup[usable++] = (long) (together ? splitRows.groupOf(row) : row) << 32 | row;
      }
    }
    Arrays.sort(byGroup, 0, usable);
    List<Group> groups = formGroups(byGroup, usable, names);
    long duplicates = usable - countRows(groups);
    List<Group> sample = recipe.maxRows() == null ? groups : sample(groups, recipe.maxRows());
    long unsampled = countRows(groups) - countRows(sample);
    if (shares.length == 0) {
      sample.forEach(
          group -> forEachRow(group, row -> subsetOf[row] = splitRows.assignedSubset(row)));
    } else {
      assignByShare(sample, subsetOf);
    }
    return new Assigned(
        IntStream.range(0, names.size()).mapToObj(subset -> rowsOf(subset, subsetOf)).toList(),
        empty,
        duplicates,
        unsampled,
        unnamed);
  }

  /**
   * @param byGroup for each usable row, its group in the upper half and the row in the lower half,
   *     in order
   */
  private List<Group> formGroups(long[] byGroup, int usable, List<String> names) {
    members = new int[usable];
    List<Group> groups = new ArrayList<>();
    int kept = 0;
    int from = 0;
    for (int to = 1; to <= usable; to++) {
      if (to == usable || byGroup[to] >>> 32 != byGroup[from] >>> 32) {
        int first = kept;
        kept = keepRows(byGroup, from, to, names, kept);
        groups.add(new Group(first, kept, stratum(members[first])));
        from = to;
      }
    }
    groups.sort(seedOrder());
    return groups;
  }

  private Comparator<Group> seedOrder() {
    return Comparator.comparingLong((Group group) -> splitRows.orderKey(firstRow(group)))
        .thenComparingInt(this::firstRow);
  }

  private int firstRow(Group group) {
    return members[group.from()];
  }

  private void forEachRow(Group group, IntConsumer each) {
    for (int at = group.from(); at < group.to(); at++) {
      each.accept(members[at]);
    }
  }

  /**
   * Adds the rows of a group that are kept to the members. If duplicates are dropped, all rows of
   * test are kept, because rows that were assigned to test must stay there; otherwise the first row
   * that is not of train, or the first row if all are of train.
   *
   * @return the new number of members
   */
  private int keepRows(long[] byGroup, int from, int to, List<String> names, int before) {
    int kept = before;
    if (!recipe.dropDuplicates()) {
      for (int at = from; at < to; at++) {
        members[kept++] = (int) byGroup[at];
      }
      return kept;
    }
    int other = (int) byGroup[from];
    boolean found = false;
    for (int at = from; at < to; at++) {
      int row = (int) byGroup[at];
      if (isAssignedTo("test", row, names)) {
        members[kept++] = row;
      } else if (!found && !isAssignedTo("train", row, names)) {
        other = row;
        found = true;
      }
    }
    if (kept == before) {
      members[kept++] = other;
    }
    return kept;
  }

  private boolean isAssignedTo(String subset, int row, List<String> names) {
    int assigned = splitRows.assignedSubset(row);
    return assigned != SplitRows.NONE && names.get(assigned).equals(subset);
  }

  private int stratum(int row) {
    return recipe.stratify() ? splitRows.labelNumber(row) : 0;
  }

  private static long countRows(List<Group> groups) {
    return groups.stream().mapToLong(Group::size).sum();
  }

  /**
   * Returns a sample of whole groups in the order of the seed, with at most {@code maxRows} rows.
   * Each stratum has its share of them, by largest remainders.
   */
  private List<Group> sample(List<Group> groups, int maxRows) {
    long total = countRows(groups);
    if (total <= maxRows) {
      return groups;
    }
    Map<Integer, List<Group>> strata =
        groups.stream()
            .collect(Collectors.groupingBy(Group::stratum, TreeMap::new, Collectors.toList()));
    Map<Integer, Integer> quotas = quotas(strata, total, maxRows);
    List<Group> sample = new ArrayList<>();
    strata.forEach((stratum, whole) -> {
      int left = quotas.getOrDefault(stratum, 0);
      for (Group group : whole) {
        if (group.size() <= left) {
          sample.add(group);
          left -= group.size();
        }
      }
    });
    sample.sort(seedOrder());
    return sample;
  }

  private static Map<Integer, Integer> quotas(
      Map<Integer, List<Group>> strata, long total, int maxRows) {
    Map<Integer, Integer> quotas = new TreeMap<>();
    Map<Integer, Double> remainders = new TreeMap<>();
    int given = 0;
    for (Map.Entry<Integer, List<Group>> stratum : strata.entrySet()) {
      double exact = (double) countRows(stratum.getValue()) * maxRows / total;
      quotas.put(stratum.getKey(), (int) exact);
      remainders.put(stratum.getKey(), exact - (int) exact);
      given += (int) exact;
    }
    remainders.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(maxRows - given)
        .forEach(entry -> quotas.merge(entry.getKey(), 1, Integer::sum));
    return quotas;
  }

  /**
   * Assigns groups stratum by stratum, the largest groups first, each to the subset that lacks most
   * of its share.
   */
  private void assignByShare(List<Group> groups, int[] subsetOf) {
    Map<Integer, List<Group>> strata =
        groups.stream()
            .collect(Collectors.groupingBy(Group::stratum, TreeMap::new, Collectors.toList()));
    double[] carried = new double[shares.length];
    for (List<Group> stratum : strata.values()) {
      long size = countRows(stratum);
      double[] lacking = new double[shares.length];
      for (int subset = 0; subset < shares.length; subset++) {
        lacking[subset] = carried[subset] + shares[subset] * size;
      }
      // The sort is stable, so groups of one size stay in the order of the seed.
      for (Group group :
          stratum.stream()
              .sorted(Comparator.comparingInt((Group member) -> -member.size()))
              .toList()) {
        int subset = largestDeficit(lacking);
        lacking[subset] -= group.size();
        forEachRow(group, row -> subsetOf[row] = subset);
      }
      // The remainder from rounding goes into the next stratum, so that the subsets as a whole keep
      // their shares, too.
      carried = lacking;
    }
  }

  private static int largestDeficit(double[] lacking) {
    int neediest = 0;
    for (int subset = 1; subset < lacking.length; subset++) {
      if (lacking[subset] > lacking[neediest] + 1e-9) {
        neediest = subset;
      }
    }
    return neediest;
  }

  private int[] rowsOf(int subset, int[] subsetOf) {
    return IntStream.range(0, subsetOf.length)
        .filter(row -> subsetOf[row] == subset)
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer row) -> splitRows.orderKey(row))
                .thenComparingInt(row -> row))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
