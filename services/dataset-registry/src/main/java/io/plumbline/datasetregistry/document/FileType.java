package io.plumbline.datasetregistry.document;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The types of files that are read, known by the ends of their names. */
public enum FileType {
  TEXT("txt|text"),
  MARKDOWN("md|markdown"),
  HTML("html|htm|xhtml"),
  PDF("pdf");

  /** A pattern. */
  private final String ending;

  FileType(String ending) {
    this.ending = ending;
  }

  public static Optional<FileType> of(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return path.indexOf('.') < 0
        ? Optional.empty()
        : Stream.of(values()).filter(type -> ending.matches(type.ending)).findFirst();
  }
}
