package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request once, while it arrives. It limits the bytes, decompresses them,
 * copies the plain bytes and parses them in one pass, so that a hostile body is rejected at its
 * first fault and takes little memory. An object of this class reads the copy again, row by row,
 * for the job that makes the version.
 */
public final class Upload implements AutoCloseable {

  /** The number of rows that are checked while the caller waits; the job checks the others. */
  static final int ROWS_CHECKED = 1_000;

  static final int MAX_PROBLEMS = 20;

  /**
   * The size of an upload that was checked and copied.
   *
   * @param bytes the number of bytes after decompression
   * @param rows the number of rows; of an archive, the number of files
   */
  public record Spooled(long bytes, long rows) {}

  /**
   * Thrown when the bytes of an upload are valid, but its header or its first rows do not match the
   * dataset.
   */
  @SuppressWarnings("serial") // never leaves the process
  public static final class RowsRefused extends IOException {

    private final transient List<RowProblem> problems;

    RowsRefused(List<RowProblem> problems) {
      super(problems.getFirst().sentence());
      this.problems = List.copyOf(problems);
    }

    public List<RowProblem> problems() {
      return problems;
    }
  }

  /**
   * Reads and checks a body, and copies its plain bytes.
   *
   * @param copy receives the plain bytes, which are of no use when this method throws
   * @throws UploadFault when the bytes have a fault
   * @throws RowsRefused when the header or the first rows have faults
   */
  public static Spooled spool(
      InputStream body,
      boolean gzip,
      Format format,
      RecordSchema recordSchema,
      UploadLimits limits,
      OutputStream copy)
      throws IOException {
    BoundedStream arriving = new BoundedStream(body, limits.maxBytes().toBytes(), "body");
    InputStream plain = gzip ? GzipStream.over(arriving, limits.maxGzipRatio()) : arriving;
    BoundedStream bounded =
        new BoundedStream(
            plain, limits.maxPlainBytes().toBytes(), gzip ? "decompressed body" : "body");
    InputStream read = new Tee(bounded, copy);
    long rows =
        switch (format) {
          case ZIP -> countFiles(new ZipFiles(read, limits));
          case CSV, JSON_LINES ->
              checkRecords(format.openRecords(read, limits), recordSchema, limits);
        };
    return new Spooled(bounded.bytesRead(), rows);
  }

  private static long checkRecords(
      RecordReader recordReader, RecordSchema recordSchema, UploadLimits limits)
      throws IOException {
    if (recordReader instanceof CsvRecords csv) {
      checkHeader(csv, recordSchema);
    }
    RowChecks checks = new RowChecks(recordSchema, null);
    long rows = 0;
    List<RowProblem> problems = new ArrayList<>();
    for (RawRecord raw = recordReader.next(); raw != null; raw = recordReader.next()) {
      rows++;
      if (rows > limits.maxRows()) {
        throw new UploadFault(
            RowProblem.Code.TOO_LARGE,
            "has more than " + limits.maxRows() + " rows",
            "Split it into several datasets or sample it");
      }
      if (rows <= ROWS_CHECKED && checks.check(raw) instanceof RecordSchema.Refused refused) {
        addProblem(refused.problem(), problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new RowsRefused(problems);
    }
    if (rows == 0) {
      throw new UploadFault(RowProblem.Code.EMPTY, "contains no record", "Send at least one row");
    }
    return rows;
  }

  /**
   * Checks the archive as a whole and counts its files. The job finds the faults of single files,
   * so that faults of names and of contents are reported together.
   */
  private static long countFiles(ZipFiles files) throws IOException {
    long rows = 0;
    while (files.next() != null) {
      rows++;
    }
    if (rows == 0) {
      throw new UploadFault(
          RowProblem.Code.EMPTY,
          "is not a zip archive with a file in it",
          "Send at least one file");
    }
    return rows;
  }

  private static void addProblem(RowProblem problem, List<RowProblem> problems) throws RowsRefused {
    problems.add(problem);
    if (problems.size() == MAX_PROBLEMS) {
      throw new RowsRefused(problems);
    }
  }

  private static void checkHeader(CsvRecords csv, RecordSchema recordSchema) throws RowsRefused {
    List<RowProblem> problems = new ArrayList<>();
    for (String wanted : recordSchema.requiredCsvColumns()) {
      if (!csv.header().contains(wanted)) {
        problems.add(
            new RowProblem(
                RowProblem.Code.MISSING_COLUMN,
                0,
                1,
                wanted,
                "is missing from the header " + csv.header().stream().limit(20).toList(),
                "Name the column as the dataset does"));
      }
    }
    if (!problems.isEmpty()) {
      throw new RowsRefused(problems);
    }
  }

  private final InputStream spooled;
  private final CheckedRows checkedRows;

  private Upload(InputStream spooled, CheckedRows checkedRows) {
    this.spooled = spooled;
    this.checkedRows = checkedRows;
  }

  /**
   * Opens the copy that {@link #spool} has written.
   *
   * @param allowedDocuments the documents that the passages of questions may name; absent for any
   * @param directory the directory for temporary files
   */
  public static Upload of(
      InputStream spooled,
      Format format,
      RecordSchema recordSchema,
      @Nullable DocumentIds allowedDocuments,
      UploadLimits limits,
      Path directory)
      throws IOException {
    RowChecks checks = new RowChecks(recordSchema, allowedDocuments);
    return new Upload(
        spooled,
        switch (format) {
          case ZIP -> new ZipDocuments(spooled, checks, limits, directory);
          case CSV, JSON_LINES -> {
            RecordReader recordReader = format.openRecords(spooled, limits);
            yield () -> {
              RawRecord raw = recordReader.next();
              return raw == null ? null : checks.check(raw);
            };
          }
        });
  }

  /** Returns the next row, or null at the end. */
  public RecordSchema.@Nullable Checked next() throws IOException {
    return checkedRows.next();
  }

  @Override
  public void close() throws IOException {
    try (spooled) {
      checkedRows.close();
    }
  }
}
