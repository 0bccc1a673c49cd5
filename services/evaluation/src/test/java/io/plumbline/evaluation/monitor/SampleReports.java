package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reports for tests, whose counts are divided evenly among the clusters. */
public final class SampleReports {

  private SampleReports() {}

  /** Returns a report whose answers come from all clusters. */
  static Report report(long sequence, Counts counts) {
    return new Report(
        sequence,
        counts,
        0,
        clusters(counts.requests(), counts.errors(), counts.feedback(), counts.wrong()).stream()
            .map(
                each -> new Counts(each.requests(), each.errors(), each.feedback(), each.correct()))
            .toList());
  }

  /** Returns a report whose answers all come from one cluster. */
  static Report reportOfOne(long sequence, int cluster, Counts counts) {
    List<Counts> clusters = new ArrayList<>(Collections.nCopies(ArmReported.CLUSTERS, Counts.NONE));
    clusters.set(cluster, counts);
    return new Report(sequence, counts, 0, clusters);
  }

  /** Divides counts among the clusters; the first ones get what is left over. */
  public static List<ArmReported.Cluster> clusters(
      long requests, long errors, long feedback, long correct) {
    List<ArmReported.Cluster> clusters = new ArrayList<>();
    for (int cluster = 0; cluster < ArmReported.CLUSTERS; cluster++) {
      clusters.add(
          new ArmReported.Cluster(
              share(requests, cluster),
              share(errors, cluster),
              share(feedback, cluster),
              share(correct, cluster)));
    }
    return clusters;
  }

  private static long share(long count, int cluster) {
    long leftOver = Math.floorMod(count, (long) ArmReported.CLUSTERS);
    return Math.floorDiv(count, (long) ArmReported.CLUSTERS) + (cluster < leftOver ? 1 : 0);
  }
}
