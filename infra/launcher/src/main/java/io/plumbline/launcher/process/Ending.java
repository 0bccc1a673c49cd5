package io.plumbline.launcher.process;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why a process has ended, as far as can be known from outside. */
public final class Ending {

  private static final int SIGNAL = 128;

  /** Of a JVM that was started with {@code ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private Ending() {}

  /**
   * @param child null when another process started it: only the parent is told the exit code, and
   *     all that is left is the last line of the log, where a JVM says that it lacks memory
   */
  public static String of(@Nullable Process child, Path log) {
    if (child == null || child.isAlive()) {
      return Logs.tail(log, 1).stream().anyMatch(line -> line.contains("OutOfMemoryError"))
          ? "out of memory"
          : "exit code not known";
    }
    int code = child.exitValue();
    if (code == OUT_OF_MEMORY) {
      return "out of memory";
    }
    return code > SIGNAL ? "killed by signal " + (code - SIGNAL) : "exit code " + code;
  }
}
