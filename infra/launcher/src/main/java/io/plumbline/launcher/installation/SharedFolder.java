package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A folder that one command makes and both installations of a checkout read. A second command that
 * needs it waits until it is complete.
 *
 * @param proof a file or folder that is there when the folder is complete
 */
public record SharedFolder(Path folder, Path proof) {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Makes the folder unless it is complete. */
  public void makeUnlessComplete(Runnable making) {
    if (!Files.exists(proof)) {
      runExclusively(() -> {
        if (!Files.exists(proof)) {
          making.run();
        }
      });
    }
  }

  /** Does something to the folder while no other command makes it. */
  public void runExclusively(Runnable work) {
    Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
    try {
      Files.createDirectories(lock.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new InstallationLock(lock, TIMEOUT).runLocked(work);
  }
}
