package io.plumbline.datasetregistry.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats of uploads. */
public enum Format {
  CSV,
  JSON_LINES,
  /** An archive of files, each of which is a document. */
  ZIP;

  /**
   * Returns the format of a media type; empty if it is not supported or names a charset other than
   * UTF-8.
   */
  public static Optional<Format> of(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
    boolean utf8 =
        parts.length == 1
            || !parts[1].contains("charset")
            || parts[1].matches(".*charset\\s*=\\s*\"?utf-?8\"?.*");
    return switch (parts[0].strip()) {
      case "text/csv" -> Optional.of(CSV).filter(format -> utf8);
      case "application/x-ndjson",
          "application/jsonl",
          "application/jsonlines",
          "application/x-jsonlines" ->
          Optional.of(JSON_LINES).filter(format -> utf8);
      case "application/zip", "application/x-zip-compressed" -> Optional.of(ZIP);
      default -> Optional.empty();
    };
  }

  /**
   * @throws IllegalArgumentException for an archive, which has files and no records
   */
  RecordReader openRecords(InputStream plain, UploadLimits limits) throws IOException {
    Utf8Reader reader = new Utf8Reader(plain);
    return switch (this) {
      case CSV -> new CsvRecords(reader, limits);
      case JSON_LINES -> new JsonLinesRecords(reader, limits);
      case ZIP -> throw new IllegalArgumentException("An archive has no records");
    };
  }
}
