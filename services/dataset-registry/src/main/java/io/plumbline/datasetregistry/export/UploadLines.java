package io.plumbline.datasetregistry.export;

import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.row.RowVariables;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes rows as lines of an upload to a dataset of the kind, which yields the same rows. Item ids
 * are left out, because they follow from the content of the rows.
 */
final class UploadLines {

  private UploadLines() {}

  static byte[] line(Dataset dataset, Item item) {
    Map<String, Object> line = new LinkedHashMap<>();
    switch (dataset.kind()) {
      case CLASSIFICATION -> {
        Dataset.Columns columns = dataset.columns();
        line.put(Objects.requireNonNull(columns.text()), item.input().withoutVariables().text());
        line.put(Objects.requireNonNull(columns.label()), item.label().orElse(""));
        if (!item.input().variables().isEmpty()) {
          line.put(RowVariables.NAME, item.input().variables());
        }
        item.metadata().forEach(line::putIfAbsent);
        return ItemFile.toJsonBytes(line);
      }
      case DOCUMENTS -> line.put("document", Objects.requireNonNull(item.input().document()));
      case CHAT, QUESTION_ANSWER, PREFERENCE -> {
        line.put("input", item.input());
        line.put("expected", item.expected());
      }
    }
    if (!item.metadata().isEmpty()) {
      line.put("metadata", item.metadata());
    }
    return ItemFile.toJsonBytes(line);
  }
}
