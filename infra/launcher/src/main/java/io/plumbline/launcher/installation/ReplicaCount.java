package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number of replicas of every application that this installation runs; one until it is set. */
public record ReplicaCount(Path file) {

  /**
   * The greatest number of replicas: the port of a sixth would be the management port of the first.
   */
  public static final int MAX_REPLICAS = 5;

  public int get() {
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 1;
    } catch (NumberFormatException notANumber) {
      throw new LauncherException(
          file + " does not hold a number of replicas: delete it to run one of each application.",
          notANumber);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void set(int count) {
    requireAllowed(count);
    try {
      Files.writeString(file, count + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void requireAllowed(int count) {
    if (count < 1 || count > MAX_REPLICAS) {
      throw new LauncherException(
          "There can be 1 to "
              + MAX_REPLICAS
              + " replicas of every application, not "
              + count
              + ".");
    }
  }
}
