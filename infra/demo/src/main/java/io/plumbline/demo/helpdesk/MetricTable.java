package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.Evaluations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A table of runs side by side, with a row for each metric. */
final class MetricTable {

  private MetricTable() {}

  /**
   * Returns the heading of the table, then a row for each metric.
   *
   * @param measured the metrics of each run, by the name of its column
   */
  static List<String> rows(List<String> metrics, Map<String, JsonNode> measured) {
    List<String> rows = new ArrayList<>();
    rows.add(row("metric", List.copyOf(measured.keySet())));
    for (String metric : metrics) {
      rows.add(
          row(metric, measured.values().stream().map(each -> cellText(each, metric)).toList()));
    }
    return rows;
  }

  private static String cellText(JsonNode metrics, String metric) {
    JsonNode measure = metrics.path(metric);
    return measure.isMissingNode() ? "-" : Evaluations.measureText(measure);
  }

  private static String row(String first, List<String> cells) {
    StringBuilder row = new StringBuilder("%-22s".formatted(first));
    cells.forEach(cell -> row.append(" %-26s".formatted(cell)));
    return row.toString().stripTrailing();
  }
}
