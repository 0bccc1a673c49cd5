package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.document.DocumentReader;
import io.plumbline.datasetregistry.document.ExtractedText;
import io.plumbline.datasetregistry.document.UnreadableFile;
import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the files of a zip archive as documents. A document's id is the path of its file. */
final class ZipDocuments implements CheckedRows {

  private final ZipFiles files;
  private final DocumentReader reader;
  private final RowChecks checks;

  /**
   * @param directory the directory for the file that is being read
   */
  ZipDocuments(InputStream archive, RowChecks checks, UploadLimits limits, Path directory)
      throws IOException {
    this.files = new ZipFiles(archive, limits);
    this.reader = new DocumentReader(directory);
    this.checks = checks;
  }

  @Override
  public RecordSchema.@Nullable Checked next() throws IOException {
    return switch (files.next()) {
      case null -> null;
      case ZipFiles.Found.Refused refused -> new RecordSchema.Refused(refused.problem());
      case ZipFiles.Found.File file -> readDocument(file);
    };
  }

  private RecordSchema.Checked readDocument(ZipFiles.Found.File file) throws IOException {
    if (reader.hasExceededLimits()) {
      throw new UploadFault(
          RowProblem.Code.TOO_LARGE,
          "takes too long to read, or has too many files that take more time or memory than a"
              + " file may",
          "Leave out the files that are named above, or divide it into several datasets");
    }
    try {
      Path copy = reader.inputPath();
      try (OutputStream target = Files.newOutputStream(copy)) {
        files.copy(target);
      }
      ExtractedText read = reader.read(file.type(), copy);
      return checks.check(
          new RawRecord(
              file.number(),
              0,
              file.path(),
              Map.of(
                  "document",
                  Map.of(
                      "documentId", file.path(),
                      "title",
                          read.title().isEmpty() ? nameWithoutEnding(file.path()) : read.title(),
                      "text", read.text()))));
    } catch (UnreadableFile unreadable) {
      return new RecordSchema.Refused(
          ZipFiles.fileProblem(
              file.number(),
              file.path(),
              unreadable.code(),
              unreadable.reason(),
              unreadable.remedy()));
    }
  }

  /** Returns the name of a file without its folders and its ending. */
  private static String nameWithoutEnding(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
