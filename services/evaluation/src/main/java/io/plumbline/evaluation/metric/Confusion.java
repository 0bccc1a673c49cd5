package io.plumbline.evaluation.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * A confusion table: rows are true labels, columns are answers. The last column counts answers that
 * are no label at all. Every observation must be of a labelled item.
 *
 * <p>Figures agree with {@code sklearn.metrics} at {@code zero_division=0}: macro-F1 averages over
 * the labels that occur among truths or answers.
 */
public record Confusion(List<String> labels, List<List<Long>> counts) {

  /** Precision, recall and F1 of one label, and how many items truly have it. */
  public record ClassFigures(
      String label, double precision, double recall, double f1, long support) {}

  public static Confusion of(Collection<String> labels, List<Observation> observations) {
    Cells cells = new Cells(labels);
    int[] counts = new int[cells.cellCount()];
    observations.forEach(o -> counts[cells.cellOf(o)]++);
    return new Confusion(cells.labels, cells.table(counts));
  }

  public double macroF1() {
    F1Sums sums = new F1Sums(labels.size());
    for (int label = 0; label < labels.size(); label++) {
      for (int answer = 0; answer <= labels.size(); answer++) {
        sums.add(label, answer, counts.get(label).get(answer));
      }
    }
    return sums.macroF1();
  }

  public List<ClassFigures> figuresByLabel() {
    List<ClassFigures> classes = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      int column = label;
      long support = counts.get(label).stream().mapToLong(Long::longValue).sum();
      long answered = counts.stream().mapToLong(row -> row.get(column)).sum();
      long hits = counts.get(label).get(label);
      classes.add(
          new ClassFigures(
              labels.get(label),
              ratio(hits, answered),
              ratio(hits, support),
              ratio(2 * hits, support + answered),
              support));
    }
    return classes;
  }

  private static double ratio(long part, long whole) {
    if (whole == 0) {
      return 0;
    }
    return (double) part / whole;
  }

  /** The numbering of the cells in the table of a set of labels. */
  static final class Cells {

    private final List<String> labels;

    Cells(Collection<String> labels) {
      this.labels = List.copyOf(new TreeSet<>(labels));
    }

    int labelCount() {
      return labels.size();
    }

    int cellCount() {
      return labels.size() * (labels.size() + 1);
    }

    int cellOf(Observation observation) {
      return labels.indexOf(observation.label()) * (labels.size() + 1) + answerColumn(observation);
    }

    int answerColumn(Observation observation) {
      String prediction = observation.prediction();
      if (prediction == null || !labels.contains(prediction)) {
        return labels.size();
      }
      return labels.indexOf(prediction);
    }

    private List<List<Long>> table(int[] counts) {
      List<List<Long>> table = new ArrayList<>();
      for (int label = 0; label < labels.size(); label++) {
        int from = label * (labels.size() + 1);
        table.add(
            Arrays.stream(counts, from, from + labels.size() + 1).mapToObj(Long::valueOf).toList());
      }
      return table;
    }
  }
}
