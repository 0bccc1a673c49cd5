package io.plumbline.launcher.process;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The reason why a process has ended, as far as it can be known from outside. */
public final class ExitReason {

  private static final int SIGNAL = 128;

  /** The exit code of a JVM that was started with {@code ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private ExitReason() {}

  /**
   * Returns the reason why a process has ended, such as {@code killed by signal 9}.
   *
   * @param child null when another process started it. Only the parent gets the exit code;
   *     otherwise all that is known is the last line of the log, which shows whether the JVM ran
   *     out of memory
   */
  public static String reasonOf(@Nullable Process child, Path log) {
    if (child == null || child.isAlive()) {
      return fromLog(log);
    }
    int code = child.exitValue();
    if (code == OUT_OF_MEMORY) {
      return "out of memory";
    }
    return code > SIGNAL ? "killed by signal " + (code - SIGNAL) : "exit code " + code;
  }

  private static String fromLog(Path log) {
    boolean outOfMemory =
        Logs.tail(log, 1).stream().anyMatch(line -> line.contains("OutOfMemoryError"));
    return outOfMemory ? "out of memory" : "exit code not known";
  }
}
