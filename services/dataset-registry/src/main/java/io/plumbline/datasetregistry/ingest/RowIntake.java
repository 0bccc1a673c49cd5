package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.datasetregistry.quality.Measurement;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.sensitivedata.Finding;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns rows into items: assigns ids to them, writes, scans and measures them one by one. */
final class RowIntake implements AutoCloseable {

  private final SensitiveScanner scanner;
  private final ItemIds ids = new ItemIds();
  private final ItemFile.Writer writer;
  private final Measurement measurement;

  RowIntake(Path target, Path directory, SensitiveScanner scanner) throws IOException {
    this.scanner = scanner;
    this.writer = new ItemFile.Writer(target);
    this.measurement = new Measurement(directory, ids, scanner.regions());
  }

  void add(Input input, Expected expected, Map<String, Object> metadata) throws IOException {
    Item item =
        new Item(ids.assignNext(ItemIds.identity(input, expected)), input, expected, metadata);
    writer.write(item);
    List<Measurement.TextFindings> found = new ArrayList<>();
    ItemTexts.visit(
        item,
        (field, text) -> {
          List<Finding> findings = scanner.scan(text);
          if (!findings.isEmpty()) {
            found.add(new Measurement.TextFindings(field, text, findings));
          }
        });
    measurement.add(item, found);
  }

  long rowCount() {
    return writer.items();
  }

  int labelCount() {
    return measurement.labelCount();
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
