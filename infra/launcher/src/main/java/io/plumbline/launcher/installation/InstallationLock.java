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

  public void during(Runnable work) {
    if (!within(timeout, work)) {
      throw new LauncherException(
          "Another `./plumbline` is starting or ending things here; wait until it is done.");
    }
  }

  /** Returns whether the work was done; when another holds the lock it is not. */
  public boolean tryDuring(Runnable work) {
    return within(Duration.ZERO, work);
  }

  private boolean within(Duration limit, Runnable work) {
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
