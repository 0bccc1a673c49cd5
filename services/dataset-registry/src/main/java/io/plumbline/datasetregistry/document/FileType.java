package io.plumbline.datasetregistry.document;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The types of files that are read. A file's type is known by the ending of its name. */
public enum FileType {
  TEXT("txt|text"),
  MARKDOWN("md|markdown"),
  HTML("html|htm|xhtml"),
  PDF("pdf");

  /** A regular expression that matches the endings in lower case, without the dot. */
  private final String ending;

  FileType(String ending) {
    this.ending = ending;
  }

  public static Optional<FileType> of(String path) {
    int dot = path.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String ending = path.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(type -> ending.matches(type.ending)).findFirst();
  }
}
