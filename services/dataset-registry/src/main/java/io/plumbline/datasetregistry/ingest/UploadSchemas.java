package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.row.ChatSchema;
import io.plumbline.datasetregistry.row.DocumentSchema;
import io.plumbline.datasetregistry.row.LabelledTextSchema;
import io.plumbline.datasetregistry.row.PreferenceSchema;
import io.plumbline.datasetregistry.row.QuestionSchema;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.problem.Problem;
import java.util.Objects;
import java.util.Set;

/** The schemas and formats that uploads of each kind of dataset must have. */
public final class UploadSchemas {

  private UploadSchemas() {}

  public static RecordSchema schemaOf(Dataset dataset) {
    Dataset.Columns columns = dataset.columns();
    return switch (dataset.kind()) {
      case CLASSIFICATION ->
          new LabelledTextSchema(
              Objects.requireNonNull(columns.text()),
              Objects.requireNonNull(columns.label()),
              Set.copyOf(columns.labels()));
      case CHAT -> new ChatSchema();
      case QUESTION_ANSWER -> new QuestionSchema();
      case PREFERENCE -> new PreferenceSchema();
      case DOCUMENTS -> new DocumentSchema();
    };
  }

  /**
   * @throws Problem 415 when a dataset of the kind has no uploads of the format
   */
  static void requireFormat(DatasetKind kind, Format format) {
    boolean fits =
        switch (kind) {
          case CLASSIFICATION, QUESTION_ANSWER -> format != Format.ZIP;
          case CHAT, PREFERENCE -> format == Format.JSON_LINES;
          case DOCUMENTS -> format != Format.CSV;
        };
    if (!fits) {
      throw unsupportedFormatProblem(kind);
    }
  }

  /** Returns the problem of an upload in a format that a dataset of the kind does not take. */
  static Problem unsupportedFormatProblem(DatasetKind kind) {
    return new Problem(
        IngestProblem.UNKNOWN_TYPE,
        "A %s dataset takes %s. Send %s."
            .formatted(
                kind,
                switch (kind) {
                  case CLASSIFICATION, QUESTION_ANSWER ->
                      "CSV (text/csv) or JSON Lines (application/x-ndjson)";
                  case CHAT, PREFERENCE -> "JSON Lines (application/x-ndjson)";
                  case DOCUMENTS ->
                      "JSON Lines (application/x-ndjson) or an archive (application/zip) of text,"
                          + " Markdown, HTML and PDF";
                },
                switch (kind) {
                  case CLASSIFICATION -> "rows with the columns of the dataset";
                  case CHAT -> "lines such as " + ChatSchema.EXAMPLE;
                  case QUESTION_ANSWER -> "lines such as " + QuestionSchema.EXAMPLE;
                  case PREFERENCE -> "lines such as " + PreferenceSchema.EXAMPLE;
                  case DOCUMENTS -> "lines such as " + DocumentSchema.EXAMPLE;
                }));
  }
}
