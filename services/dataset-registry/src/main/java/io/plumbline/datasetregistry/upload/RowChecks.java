package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.DocumentIds;
import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.datasetregistry.row.Schema;
import io.plumbline.items.Document;
import java.util.Optional;

/** Checks the records of an upload one after the other, and what must hold among them. */
final class RowChecks {

  private final Schema schema;
  private final DocumentIds documents = new DocumentIds();

  RowChecks(Schema schema) {
    this.schema = schema;
  }

  Schema.Checked check(RawRecord raw) {
    Schema.Checked checked = schema.check(raw);
    if (checked instanceof Schema.Accepted accepted) {
      Document document = accepted.input().document();
      Optional<RowProblem> repeated =
          document == null ? Optional.empty() : documents.repeated(raw, document);
      return repeated.<Schema.Checked>map(Schema.Refused::new).orElse(checked);
    }
    return checked;
  }
}
