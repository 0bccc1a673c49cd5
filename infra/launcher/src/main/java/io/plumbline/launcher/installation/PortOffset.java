package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The distance of this checkout's ports from the usual ones; 0 until it is set. Checkouts with
 * different offsets can be up on one machine at the same time.
 */
public record PortOffset(Path file) {

  /** The least distance at which no port of one checkout is a port of another. */
  public static final int STEP = 2_000;

  /**
   * The greatest offset. Above it Kafka would listen where Linux puts the outgoing connections of
   * all programs.
   */
  public static final int MAX_OFFSET = 12_000;

  public int get() {
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    } catch (NumberFormatException notANumber) {
      throw new LauncherException(
          file + " does not hold a number: delete it to use the usual ports.", notANumber);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void set(int offset) {
    requireAllowed(offset);
    try {
      Files.writeString(file, offset + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void requireAllowed(int offset) {
    if (offset < 0 || offset > MAX_OFFSET || offset % STEP != 0) {
      throw new LauncherException(
          "The ports can be 0, %d, %d and so on up to %d above the usual ones, not %d."
              .formatted(STEP, 2 * STEP, MAX_OFFSET, offset));
    }
  }
}
