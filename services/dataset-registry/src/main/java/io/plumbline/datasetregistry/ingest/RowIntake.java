package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.quality.Measurement;
import io.plumbline.datasetregistry.row.Row;
import io.plumbline.datasetregistry.row.RowFile;
import io.plumbline.datasetregistry.row.RowIds;
import io.plumbline.sensitivedata.Finding;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assigns ids to rows, writes them, scans and measures them, one after the other. */
final class RowIntake implements AutoCloseable {

  static final String TEXT = "text";

  private final SensitiveScanner scanner;
  private final RowIds ids = new RowIds();
  private final RowFile.Writer writer;
  private final Measurement measurement;

  RowIntake(Path target, Path directory, SensitiveScanner scanner) throws IOException {
    this.scanner = scanner;
    this.writer = new RowFile.Writer(target);
    this.measurement = new Measurement(directory, ids);
  }

  void add(String text, @Nullable String label, Map<String, Object> metadata) throws IOException {
    Row row = new Row(ids.next(text), text, label, metadata);
    writer.write(row);
    Map<String, Measurement.Scanned> found = new LinkedHashMap<>();
    note(found, TEXT, text);
    if (!metadata.isEmpty()) {
      FieldTexts.map(
          metadata,
          (field, value) -> {
            note(found, "metadata." + field, value);
            return value;
          });
    }
    measurement.add(row, found);
  }

  private void note(Map<String, Measurement.Scanned> found, String field, String text) {
    List<Finding> findings = scanner.scan(text);
    if (!findings.isEmpty()) {
      found.put(field, new Measurement.Scanned(text, findings));
    }
  }

  long rows() {
    return writer.rows();
  }

  int labels() {
    return measurement.labels();
  }

  Measurement.Outcome finish() throws IOException {
    writer.close();
    return measurement.finish();
  }

  @Override
  public void close() throws IOException {
    try (measurement) {
      writer.close();
    }
  }
}
