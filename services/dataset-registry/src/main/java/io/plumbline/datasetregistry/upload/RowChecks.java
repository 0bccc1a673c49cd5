package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.datasetregistry.row.Schema;
import io.plumbline.items.Document;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the records of an upload one after the other, and the rules that span several of them. */
final class RowChecks {

  private final Schema schema;
  private final @Nullable DocumentIds allowedDocuments;
  private final DocumentIds documents = new DocumentIds();

  /**
   * @param allowedDocuments the documents that the passages of questions may name; absent for any
   */
  RowChecks(Schema schema, @Nullable DocumentIds allowedDocuments) {
    this.schema = schema;
    this.allowedDocuments = allowedDocuments;
  }

  Schema.Checked check(RawRecord raw) {
    Schema.Checked checked = schema.check(raw);
    if (checked instanceof Schema.Accepted accepted) {
      return checkWithOthers(raw, accepted)
          .<Schema.Checked>map(Schema.Refused::new)
          .orElse(checked);
    }
    return checked;
  }

  private Optional<RowProblem> checkWithOthers(RawRecord raw, Schema.Accepted accepted) {
    Document document = accepted.input().document();
    if (document != null) {
      return documents.repeatedIdFault(raw, document);
    }
    if (allowedDocuments == null) {
      return Optional.empty();
    }
    return allowedDocuments.unknownIdFault(raw, accepted.expected());
  }
}
