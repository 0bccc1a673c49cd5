package io.plumbline.launcher.installation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lock that keeps two commands from starting the same things at once. The kernel releases it when
 * its holder dies.
 */
public record InstallationLock(Path file, Duration timeout) {

  /**
   * The time that a command waits for the lock. The supervisor restarts a process within a second.
   */
  private static final Duration RESTART_TIME = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(50);

  public InstallationLock(Path file) {
    this(file, RESTART_TIME);
  }

  /**
   * Runs work while no other command holds the lock.
   *
   * @throws LauncherException when another command still holds the lock after the timeout
   */
  public void runLocked(Runnable work) {
    if (!runWithin(timeout, work)) {
      throw new LauncherException(
          "Another `./plumbline` command is starting or stopping processes of this installation."
              + " Wait until it has ended, then run this command again.");
    }
  }

  /** Runs work unless another command holds the lock, and returns whether the work was done. */
  public boolean tryRunLocked(Runnable work) {
    return runWithin(Duration.ZERO, work);
  }

  private boolean runWithin(Duration limit, Runnable work) {
    long deadline = System.nanoTime() + limit.toNanos();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (tryLock(channel) == null) {
        if (System.nanoTime() >= deadline) {
          return false;
        }
        Thread.sleep(POLL);
      }
      work.run();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      throw new LauncherException("Cannot lock " + file + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }
}
