package io.plumbline.datasetregistry.quality;

import io.plumbline.datasetregistry.item.ItemIds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures the distribution of the labels, and finds equal texts with different labels. */
final class LabelCheck {

  private LabelCheck() {}

  static Report.Labels measure(
      DuplicateClusters duplicateClusters,
      IntList labelOf,
      List<String> names,
      ItemIds ids,
      FindingList findings) {
    long[] counts = new long[names.size()];
    boolean[] contradicted = new boolean[duplicateClusters.size()];
    long contradictions = 0;
    for (int row = 0; row < duplicateClusters.size(); row++) {
      int label = labelOf.get(row);
      if (label >= 0) {
        counts[label]++;
      }
      int first = duplicateClusters.firstEqualRow(row);
      if (label != labelOf.get(first) && !contradicted[first]) {
        contradicted[first] = true;
        contradictions++;
      }
    }
    long contradicting = 0;
    for (int row = 0; row < duplicateClusters.size(); row++) {
      int first = duplicateClusters.firstEqualRow(row);
      if (contradicted[first]) {
        contradicting++;
        int label = labelOf.get(row);
        findings.add(
            new RowFinding(
                RowFinding.CONTRADICTING_LABEL,
                row + 1L,
                ids.idOfRow(row),
                Map.of("textOf", ids.idOfRow(first), "label", label < 0 ? "" : names.get(label))));
      }
    }
    Map<String, Long> rows = new TreeMap<>();
    long most = 0;
    long least = Long.MAX_VALUE;
    long sum = 0;
    for (int label = 0; label < counts.length; label++) {
      rows.put(names.get(label), counts[label]);
      most = Math.max(most, counts[label]);
      least = Math.min(least, counts[label]);
      sum += counts[label];
    }
    return new Report.Labels(
        rows,
        rounded((double) most / least),
        rounded(evenness(counts, sum)),
        contradictions,
        contradicting);
  }

  /** Returns Pielou's evenness: Shannon entropy divided by its maximum. */
  private static double evenness(long[] counts, long sum) {
    if (counts.length < 2) {
      return 1;
    }
    double entropy = 0;
    for (long count : counts) {
      double share = (double) count / sum;
      entropy -= share * Math.log(share);
    }
    return entropy / Math.log(counts.length);
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
