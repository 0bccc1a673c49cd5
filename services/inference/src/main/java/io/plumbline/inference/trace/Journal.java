package io.plumbline.inference.trace;

import io.plumbline.platform.lifecycle.ProcessFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal of records that survive the death of this process. Each record is handed to the kernel
 * by one write before {@link #append} returns. Nothing is forced to the disk, so a power cut loses
 * whatever the kernel has not written yet. Closed files wait to be shipped and deleted.
 *
 * <p>The size is bounded. When the journal is full or the disk refuses writes, no new calls are
 * accepted ({@link #requireRoom}). Calls in progress still write beyond the bound.
 */
public final class Journal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /**
   * The size at which a file is closed; a file is read into memory as a whole when it is shipped.
   */
  static final int SEGMENT = 8 * 1024 * 1024;

  /** The pause before a failed write to the journal is tried again. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path directory;
  private final ProcessFolder folder;
  private final long maxBytes;
  private @Nullable Path file;
  private @Nullable RandomAccessFile out;
  private long written;
  private long segments;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean failing;
  private long failedAt;

  private Journal(Path directory, ProcessFolder folder, long maxBytes) {
    this.directory = directory;
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a journal.
   *
   * @param directory a directory that the processes of a machine may share; each process has a
   *     folder of its own in it
   */
  public static Journal open(Path directory, long maxBytes) throws IOException {
    return new Journal(directory, ProcessFolder.create(directory, ""), maxBytes);
  }

  /**
   * Requires that the journal can take a record. It is called before a call begins, because a call
   * that cannot be recorded must not begin.
   *
   * @throws JournalFailure when the journal is full or cannot be written
   */
  public void requireRoom() {
    if (waiting.get() >= maxBytes) {
      throw new JournalFailure(
          "the journal of traces holds %d MiB that the database did not take yet"
              .formatted(waiting.get() >> 20));
    }
    if (failing) {
      reopenAfterFailure();
    }
  }

  private synchronized void reopenAfterFailure() {
    if (!failing) {
      return;
    }
    if (System.nanoTime() - failedAt < PAUSE.toNanos()) {
      throw new JournalFailure("the journal of traces could not be written");
    }
    try {
      openFile();
      failing = false;
    } catch (IOException e) {
      throw markFailed(e);
    }
  }

  /**
   * Appends a record.
   *
   * @throws JournalFailure when it cannot be written
   */
  public synchronized void append(byte[] record) {
    byte[] frame = JournalSegment.frame(record);
    try {
      RandomAccessFile to = out == null ? openFile() : out;
      to.write(frame);
      written += frame.length;
      waiting.addAndGet(frame.length);
      failing = false;
    } catch (IOException e) {
      throw markFailed(e);
    }
    if (written >= SEGMENT) {
      closeFile();
    }
  }

  private RandomAccessFile openFile() throws IOException {
    Path next = JournalSegment.pathIn(folder.path(), ++segments);
    RandomAccessFile opened = new RandomAccessFile(next.toFile(), "rw");
    try {
      opened.write(JournalSegment.MARK);
    } catch (IOException e) {
      opened.close();
      Files.deleteIfExists(next);
      throw e;
    }
    file = next;
    out = opened;
    written = JournalSegment.MARK.length;
    waiting.addAndGet(written);
    return opened;
  }

  /**
   * Cuts off the part of the record that was written, so that the file ends with a whole record.
   */
  private JournalFailure markFailed(IOException cause) {
    failing = true;
    failedAt = System.nanoTime();
    log.error(
        "The journal of traces below {} cannot be written. New calls are refused until it can",
        directory,
        cause);
    RandomAccessFile to = out;
    if (to != null) {
      try {
        to.setLength(written);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
      closeFile();
    }
    return new JournalFailure("the journal of traces could not be written", cause);
  }

  /**
   * Closes the current file, so that it can be shipped.
   *
   * @return whether there was a file to close
   */
  synchronized boolean closeFile() {
    RandomAccessFile open = out;
    if (open == null) {
      return false;
    }
    Path closing = file;
    out = null;
    file = null;
    try {
      open.close();
    } catch (IOException e) {
      log.warn(
          "Journal file {} was not closed. What was written to it is stored all the same: {}",
          closing,
          e.toString());
    }
    return true;
  }

  /** Returns the files that are no longer written, in their order. */
  synchronized List<Path> closedFiles() throws IOException {
    List<Path> all = new ArrayList<>(JournalSegment.filesIn(folder.path()));
    all.remove(file);
    return all;
  }

  /** Deletes a file that was shipped. */
  void deleteShipped(Path shipped) throws IOException {
    long size = Files.size(shipped);
    Files.delete(shipped);
    waiting.addAndGet(-size);
  }

  /** Moves a damaged file out of the journal. */
  void setAside(Path damaged) throws IOException {
    long size = Files.size(damaged);
    JournalSegment.setAside(damaged);
    waiting.addAndGet(-size);
  }

  /** Returns the number of bytes that wait to be shipped. */
  public long waitingBytes() {
    return Math.max(0, waiting.get());
  }

  /** Returns the folders of processes that have ended, locked until they are closed. */
  List<ProcessFolder> abandonedFolders() throws IOException {
    return ProcessFolder.lockAbandoned(directory, "");
  }

  /** Closes the journal. Another process ships the records that are left in it. */
  @Override
  public void close() throws IOException {
    closeFile();
    folder.removeIfEmpty();
    folder.close();
  }
}
