package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.datasetregistry.quality.QualityReportBuilder;
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
final class RowIngester implements AutoCloseable {

  private final SensitiveScanner scanner;
  private final ItemIds ids = new ItemIds();
  private final ItemFile.Writer writer;
  private final QualityReportBuilder qualityReportBuilder;

  RowIngester(Path target, Path directory, SensitiveScanner scanner) throws IOException {
    this.scanner = scanner;
    this.writer = new ItemFile.Writer(target);
    this.qualityReportBuilder = new QualityReportBuilder(directory, ids, scanner.regions());
  }

  void add(Input input, Expected expected, Map<String, Object> metadata) throws IOException {
    Item item =
        new Item(
            ids.assignNext(ItemIds.identifyingContent(input, expected)), input, expected, metadata);
    writer.write(item);
    List<QualityReportBuilder.TextFindings> found = new ArrayList<>();
    ItemTexts.visit(
        item,
        (field, text) -> {
          List<Finding> findings = scanner.scan(text);
          if (!findings.isEmpty()) {
            found.add(new QualityReportBuilder.TextFindings(field, text, findings));
          }
        });
    qualityReportBuilder.add(item, found);
  }

  long rowCount() {
    return writer.itemCount();
  }

  int labelCount() {
    return qualityReportBuilder.labelCount();
  }

  QualityReportBuilder.Outcome finish() throws IOException {
    writer.close();
    return qualityReportBuilder.finish();
  }

  @Override
  public void close() throws IOException {
    try (qualityReportBuilder) {
      writer.close();
    }
  }
}
