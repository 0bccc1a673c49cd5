package io.plumbline.launcher.process;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The ends of log files. */
public final class Logs {

  private static final int TAIL_BYTES = 64 * 1024;
  private static final long KEEP_BYTES = 32L * 1024 * 1024;

  private Logs() {}

  static List<String> tail(Path log, int lines) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(cannot be read: " + e.getMessage() + ")");
    }
  }

  /** Returns the last 20 lines and the path of the log, for the end of a message. */
  public static String lastLines(Path log) {
    return "\nIts last lines, from " + log + ":\n  " + String.join("\n  ", tail(log, 20));
  }

  /**
   * Renames a large log before a start. One old log is kept, so that logs do not grow without
   * limit.
   */
  public static void rotate(Path log) {
    try {
      if (Files.exists(log) && Files.size(log) > KEEP_BYTES) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new LauncherException("Cannot rotate " + log + ": " + e.getMessage(), e);
    }
  }
}
