package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.datasetregistry.row.Schema;
import io.plumbline.items.Document;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the records of an upload one after the other, and what must hold among them. */
final class RowChecks {

  private final Schema schema;
  private final @Nullable DocumentIds asked;
  private final DocumentIds documents = new DocumentIds();

  /**
   * @param asked the documents that the passages of questions must be of; absent where any will do
   */
  RowChecks(Schema schema, @Nullable DocumentIds asked) {
    this.schema = schema;
    this.asked = asked;
  }

  Schema.Checked check(RawRecord raw) {
    Schema.Checked checked = schema.check(raw);
    if (checked instanceof Schema.Accepted accepted) {
      return among(raw, accepted).<Schema.Checked>map(Schema.Refused::new).orElse(checked);
    }
    return checked;
  }

  private Optional<RowProblem> among(RawRecord raw, Schema.Accepted accepted) {
    Document document = accepted.input().document();
    if (document != null) {
      return documents.repeated(raw, document);
    }
    return asked == null ? Optional.empty() : asked.unknown(raw, accepted.expected());
  }
}
