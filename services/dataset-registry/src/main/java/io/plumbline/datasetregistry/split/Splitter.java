package io.plumbline.datasetregistry.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Assigns rows to subsets. Pure: candidates and recipe in, subsets out. */
final class Splitter {

  /**
   * @param subsets for each subset its rows, in an order given by the seed, so that the first rows
   *     of a subset are a sample of it
   */
  record Assigned(
      List<int[]> subsets, long emptyRows, long duplicates, long unsampled, long unnamed) {}

  /**
   * Rows that stay together.
   *
   * @param stratum the label of the first one, or 0 when not stratified
   */
  private record Group(int first, int stratum, int[] rows) {}

  private final Candidates candidates;
  private final Recipe recipe;
  private final double[] shares;

  /**
   * @param shares in the order of the subsets' names; empty when the recipe names rows
   */
  Splitter(Candidates candidates, Recipe recipe, double[] shares) {
    this.candidates = candidates;
    this.recipe = recipe;
    this.shares = shares;
  }

  /**
   * @param names of the subsets, in order
   */
  Assigned split(List<String> names) {
    int[] subsetOf = new int[candidates.size()];
    Arrays.fill(subsetOf, Candidates.NONE);
    long empty = 0;
    long unnamed = 0;
    List<Integer> usable = new ArrayList<>();
    for (int row = 0; row < candidates.size(); row++) {
      if (candidates.empty(row)) {
        empty++;
      } else if (shares.length == 0 && candidates.assigned(row) == Candidates.NONE) {
        unnamed++;
      } else {
        usable.add(row);
      }
    }
    List<Group> groups = groups(usable, names);
    long duplicates = usable.size() - rows(groups);
    List<Group> sample = recipe.maxRows() == null ? groups : sample(groups, recipe.maxRows());
    long unsampled = rows(groups) - rows(sample);
    if (shares.length == 0) {
      sample.forEach(group ->
          Arrays.stream(group.rows()).forEach(row -> subsetOf[row] = candidates.assigned(row)));
    } else {
      assign(sample, subsetOf);
    }
    return new Assigned(
        IntStream.range(0, names.size()).mapToObj(subset -> rowsOf(subset, subsetOf)).toList(),
        empty,
        duplicates,
        unsampled,
        unnamed);
  }

  private List<Group> groups(List<Integer> usable, List<String> names) {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    boolean together = recipe.grouped() || recipe.dropDuplicates();
    for (int row : usable) {
      members
          .computeIfAbsent(together ? candidates.group(row) : row, first -> new ArrayList<>())
          .add(row);
    }
    return members.values().stream()
        .map(rows -> recipe.dropDuplicates() ? kept(rows, names) : rows)
        .map(rows ->
            new Group(
                rows.getFirst(),
                stratum(rows.getFirst()),
                rows.stream().mapToInt(Integer::intValue).toArray()))
        .sorted(
            Comparator.comparingLong((Group group) -> candidates.key(group.first()))
                .thenComparingInt(Group::first))
        .toList();
  }

  /**
   * All rows of test, since what was given to test stays there; else the first row of another
   * subset rather than of train.
   */
  private List<Integer> kept(List<Integer> duplicates, List<String> names) {
    List<Integer> tested = duplicates.stream().filter(row -> isOf("test", row, names)).toList();
    return tested.isEmpty()
        ? List.of(
            duplicates.stream()
                .filter(row -> !isOf("train", row, names))
                .findFirst()
                .orElse(duplicates.getFirst()))
        : tested;
  }

  private boolean isOf(String subset, int row, List<String> names) {
    int assigned = candidates.assigned(row);
    return assigned != Candidates.NONE && names.get(assigned).equals(subset);
  }

  private int stratum(int row) {
    return recipe.stratify() ? candidates.label(row) : 0;
  }

  private static long rows(List<Group> groups) {
    return groups.stream().mapToLong(group -> group.rows().length).sum();
  }

  /**
   * At most so many rows, each stratum by its share (largest remainders), whole groups in the order
   * of the seed.
   */
  private List<Group> sample(List<Group> groups, int maxRows) {
    long total = rows(groups);
    if (total <= maxRows) {
      return groups;
    }
    Map<Integer, List<Group>> strata =
        groups.stream()
            .collect(Collectors.groupingBy(Group::stratum, TreeMap::new, Collectors.toList()));
    Map<Integer, Integer> quotas = quotas(strata, total, maxRows);
    List<Group> sample = new ArrayList<>();
    strata.forEach((stratum, members) -> {
      int left = quotas.getOrDefault(stratum, 0);
      for (Group group : members) {
        if (group.rows().length <= left) {
          sample.add(group);
          left -= group.rows().length;
        }
      }
    });
    sample.sort(
        Comparator.comparingLong((Group group) -> candidates.key(group.first()))
            .thenComparingInt(Group::first));
    return sample;
  }

  private static Map<Integer, Integer> quotas(
      Map<Integer, List<Group>> strata, long total, int maxRows) {
    Map<Integer, Integer> quotas = new TreeMap<>();
    Map<Integer, Double> remainders = new TreeMap<>();
    int given = 0;
    for (Map.Entry<Integer, List<Group>> stratum : strata.entrySet()) {
      double exact = (double) rows(stratum.getValue()) * maxRows / total;
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
   * Stratum by stratum, the largest groups first, each to the subset that lacks most of its share.
   */
  private void assign(List<Group> groups, int[] subsetOf) {
    Map<Integer, List<Group>> strata =
        groups.stream()
            .collect(Collectors.groupingBy(Group::stratum, TreeMap::new, Collectors.toList()));
    double[] carried = new double[shares.length];
    for (List<Group> members : strata.values()) {
      long size = rows(members);
      double[] lacking = new double[shares.length];
      for (int subset = 0; subset < shares.length; subset++) {
        lacking[subset] = carried[subset] + shares[subset] * size;
      }
      // A stable sort: groups of one size stay in the order of the seed.
      for (Group group :
          members.stream()
              .sorted(Comparator.comparingInt((Group member) -> -member.rows().length))
              .toList()) {
        int subset = neediest(lacking);
        lacking[subset] -= group.rows().length;
        for (int row : group.rows()) {
          subsetOf[row] = subset;
        }
      }
      // What rounding left over goes into the next stratum, so that the subsets as a whole keep
      // their shares, too.
      carried = lacking;
    }
  }

  private static int neediest(double[] lacking) {
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
            Comparator.comparingLong((Integer row) -> candidates.key(row))
                .thenComparingInt(row -> row))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
