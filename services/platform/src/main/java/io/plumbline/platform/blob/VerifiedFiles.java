package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The files that this process has hashed and found to have their digest. A file counts as verified
 * until its inode, its size or its change time differs. No program can set the change time, unlike
 * the time of modification; the kernel raises it with every write.
 */
final class VerifiedFiles {

  /** The maximum number of files that are remembered; the least recently used one is dropped. */
  private static final int MAX_FILES = 10_000;

  /**
   * The age from which a change shows in the change time. The clock of a file system ticks every
   * few milliseconds, and writes to mapped memory show when the kernel writes the page back, which
   * takes half a minute at most.
   */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final int LOCKS = 64;
  private static final int CHUNK = 1 << 16;

  /** A state of a file; every change gives it another one. */
  record Version(long device, long inode, long size, FileTime changed) {

    /** Returns the present state of a file; null when it does not exist. */
    static @Nullable Version of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return null;
      }
      Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino,size,ctime");
      return new Version(
          ((Number) attributes.getOrDefault("dev", 0L)).longValue(),
          ((Number) attributes.getOrDefault("ino", 0L)).longValue(),
          ((Number) attributes.getOrDefault("size", 0L)).longValue(),
          (FileTime) attributes.getOrDefault("ctime", FileTime.fromMillis(0)));
    }
  }

  private final Map<Path, Version> verified =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Version> eldest) {
          return size() > MAX_FILES;
        }
      };

  private final Lock[] locks = new Lock[LOCKS];
  private final InstantSource clock;

  /**
   * @param clock the clock of the file system
   */
  VerifiedFiles(InstantSource clock) {
    this.clock = clock;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** Returns whether the file is the one that was verified, unchanged. */
  boolean isVerified(Path file, @Nullable Version now) {
    synchronized (verified) {
      return now != null && now.equals(verified.get(file));
    }
  }

  /**
   * Remembers that a file has its digest.
   *
   * @param before the state of the file before it was hashed
   */
  void add(Path file, @Nullable Version before) {
    if (before != null && before.changed().toInstant().isBefore(clock.instant().minus(SETTLED))) {
      synchronized (verified) {
        verified.put(file, before);
      }
    }
  }

  /**
   * Returns whether a file has its digest, which is computed unless it is known. Callers that ask
   * for one file at once wait for the one that computes it.
   */
  boolean hasDigest(Path file, Digest digest) throws IOException {
    Lock lock = locks[Math.floorMod(file.hashCode(), LOCKS)];
    lock.lock();
    try {
      Version version = Version.of(file);
      if (isVerified(file, version)) {
        return true;
      }
      if (!hash(file).equals(digest)) {
        return false;
      }
      add(file, version);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static Digest hash(Path file) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream content = Files.newInputStream(file)) {
      for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
        sha256.update(chunk, 0, length);
      }
    }
    return Digest.ofRaw(sha256.digest());
  }
}
