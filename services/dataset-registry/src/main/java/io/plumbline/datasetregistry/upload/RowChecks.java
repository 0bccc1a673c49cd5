package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.items.Document;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the records of an upload one after the other, and the rules that span several of them. */
final class RowChecks {

  private final RecordSchema recordSchema;
  private final @Nullable DocumentIds allowedDocuments;
  private final DocumentIds documents = new DocumentIds();

  /**
   * @param allowedDocuments the documents that the passages of questions may name; absent for any
   */
  RowChecks(RecordSchema recordSchema, @Nullable DocumentIds allowedDocuments) {
    this.recordSchema = recordSchema;
    this.allowedDocuments = allowedDocuments;
  }

  RecordSchema.Checked check(RawRecord raw) {
    RecordSchema.Checked checked = recordSchema.check(raw);
    if (checked instanceof RecordSchema.Accepted accepted) {
      return checkAcrossRows(raw, accepted)
          .<RecordSchema.Checked>map(RecordSchema.Refused::new)
          .orElse(checked);
    }
    return checked;
  }

  private Optional<RowProblem> checkAcrossRows(RawRecord raw, RecordSchema.Accepted accepted) {
    Document document = accepted.input().document();
    if (document != null) {
      return documents.addOrFault(raw, document);
    }
    if (allowedDocuments == null) {
      return Optional.empty();
    }
    return allowedDocuments.unknownIdFault(raw, accepted.expected());
  }
}
