package io.plumbline.datasetregistry.export;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionExported;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.upload.UploadLimits;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Writes all rows of a version, one after the other, after recording who receives them. */
@Service
class VersionExport {

  private final DatasetCatalog catalog;
  private final BlobStore blobs;
  private final UploadLimits limits;
  private final Outbox outbox;
  private final TransactionOperations transaction;

  VersionExport(
      DatasetCatalog catalog,
      BlobStore blobs,
      UploadLimits limits,
      Outbox outbox,
      TransactionOperations transaction) {
    this.catalog = catalog;
    this.blobs = blobs;
    this.limits = limits;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  /** Opens a writer of rows on the stream of the response. */
  @FunctionalInterface
  private interface WriterFactory {
    RowWriter openOn(OutputStream out) throws IOException;
  }

  /** An export that is recorded and can be written. */
  final class Export {

    private final String dataset;
    private final int number;
    private final ExportFormat format;
    private final Digest rows;
    private final WriterFactory writers;

    private Export(
        String dataset, int number, ExportFormat format, Digest rows, WriterFactory writers) {
      this.dataset = dataset;
      this.number = number;
      this.format = format;
      this.rows = rows;
      this.writers = writers;
    }

    private void recordExport() {
      UUID export = Ids.next();
      transaction.executeWithoutResult(status ->
          outbox.append(
              new DatasetVersionExported(
                  export, dataset, number, format.name(), Caller.current().actor()),
              "dataset-export/" + export,
              1));
    }

    void write(OutputStream out) throws IOException {
      try (RowWriter writer = writers.openOn(out)) {
        forEach(rows, (row, item) -> writer.write(item));
      }
    }
  }

  /**
   * Checks that the rows can be exported and were not changed, and records the export before its
   * first row is sent: an export that cannot be recorded is not sent.
   *
   * @throws Problem 422 when the rows cannot be written in the format
   */
  Export prepare(String name, int number, ExportFormat format) throws IOException {
    Dataset dataset = catalog.dataset(name);
    Digest rows = Objects.requireNonNull(catalog.readyVersion(name, number).rowsDigest());
    if (!format.isAvailableFor(dataset.kind())) {
      throw Problem.invalid(
          "format",
          "is not available for a %s dataset; %s"
              .formatted(
                  dataset.kind(),
                  switch (dataset.kind()) {
                    case CLASSIFICATION, QUESTION_ANSWER -> "name JSONL or CSV";
                    case CHAT, PREFERENCE -> "name JSONL or OPENAI";
                    case DOCUMENTS -> "name JSONL";
                  }));
    }
    blobs.requireUnchanged(rows);
    Export export =
        new Export(
            name,
            number,
            format,
            rows,
            switch (format) {
              case JSONL -> out -> lineWriter(out, item -> UploadLines.line(dataset, item));
              case OPENAI -> openAiWriter(rows);
              case CSV -> csvRows(dataset, rows)::openWriter;
            });
    export.recordExport();
    return export;
  }

  /** Rejects rows with variables, for which lines of OpenAI's fine-tuning have no field. */
  private WriterFactory openAiWriter(Digest rows) throws IOException {
    forEach(
        rows,
        (row, item) -> {
          if (!item.input().variables().isEmpty()) {
            throw new Problem(
                CommonProblem.UNPROCESSABLE,
                "Row %,d has variables of a prompt, for which lines of OpenAI's fine-tuning have no"
                        .formatted(row)
                    + " place. Export the rows as JSONL.");
          }
        });
    return out -> lineWriter(out, OpenAiLines::line);
  }

  private CsvRows csvRows(Dataset dataset, Digest rows) throws IOException {
    CsvRows csv = new CsvRows(dataset);
    forEach(
        rows,
        (row, item) -> {
          Optional<String> misfit = csv.addColumns(item, limits.maxColumns());
          if (misfit.isPresent()) {
            throw new Problem(
                CommonProblem.UNPROCESSABLE,
                "Row %,d %s, so that the rows cannot be written as CSV. Export them as JSONL."
                    .formatted(row, misfit.get()));
          }
        });
    return csv;
  }

  /** Formats an item as a line without its line feed. */
  @FunctionalInterface
  private interface LineFormat {
    byte[] format(Item item);
  }

  private static RowWriter lineWriter(OutputStream out, LineFormat line) {
    return new RowWriter() {

      @Override
      public void write(Item item) throws IOException {
        out.write(line.format(item));
        out.write('\n');
      }

      @Override
      public void close() throws IOException {
        out.flush();
      }
    };
  }

  /** Consumes a row with its number, which counts from 1. */
  @FunctionalInterface
  private interface RowConsumer {
    void accept(long row, Item item) throws IOException;
  }

  private void forEach(Digest rows, RowConsumer each) throws IOException {
    try (ItemFile.Reader reader = new ItemFile.Reader(blobs.open(rows))) {
      long row = 0;
      for (Item item = reader.next(); item != null; item = reader.next()) {
        each.accept(++row, item);
      }
    }
  }
}
