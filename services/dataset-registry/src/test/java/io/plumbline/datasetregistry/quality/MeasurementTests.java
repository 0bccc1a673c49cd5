package io.plumbline.datasetregistry.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.datasetregistry.row.Row;
import io.plumbline.datasetregistry.row.RowIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTests {

  @TempDir Path directory;

  private Measurement.Outcome measure(List<String[]> rows) throws IOException {
    RowIds ids = new RowIds();
    try (Measurement measurement = new Measurement(directory, ids)) {
      for (String[] row : rows) {
        measurement.add(new Row(ids.next(row[0]), row[0], row[1], Map.of()), Map.of());
      }
      return measurement.finish();
    }
  }

  @Test
  void reports_duplicates_contradictions_imbalance_and_lengths() throws IOException {
    Measurement.Outcome outcome =
        measure(
            List.of(
                new String[] {"Win now", "spam"},
                new String[] {"win NOW!", "ham"},
                new String[] {"hello there", "ham"},
                new String[] {"--", "ham"}));
    Report report = outcome.report();
    assertThat(report.duplicates()).isEqualTo(new Report.Duplicates(1, 0, 1, 0.8));
    // Evenness of (1, 3): 0.8113, the entropy in bits of a 1:3 coin.
    assertThat(report.labels())
        .isEqualTo(new Report.Labels(Map.of("ham", 3L, "spam", 1L), 3, 0.8113, 1, 2));
    assertThat(report.emptyRows()).isEqualTo(1);
    assertThat(report.lengths().characters()).isEqualTo(new Distribution(2, 7, 7, 11, 11, 11, 28));
    assertThat(report.lengths().words()).isEqualTo(new Distribution(0, 1.5, 2, 2, 2, 2, 6));
    assertThat(outcome.findings())
        .extracting(RowFinding::kind, RowFinding::row)
        .containsExactly(
            tuple("CONTRADICTING_LABEL", 1L), tuple("CONTRADICTING_LABEL", 2L),
            tuple("EMPTY_ROW", 4L), tuple("EXACT_DUPLICATE", 2L));
  }

  @Test
  void row_ids_follow_the_text_and_count_repetitions() {
    RowIds ids = new RowIds();
    // SHA-256("abc"), FIPS 180-4 example.
    assertThat(ids.next("abc")).isEqualTo("ba7816bf8f01cfea");
    assertThat(ids.next("x")).hasSize(16);
    assertThat(ids.next("abc")).isEqualTo("ba7816bf8f01cfea-2");
    assertThat(ids.next("abc")).isEqualTo("ba7816bf8f01cfea-3");
    assertThat(ids.id(2)).isEqualTo("ba7816bf8f01cfea-2");
  }
}
