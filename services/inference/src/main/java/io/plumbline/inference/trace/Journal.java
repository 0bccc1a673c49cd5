package io.plumbline.inference.trace;

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
 * Records that survive the death of this process: each is handed to the kernel by one write before
 * {@link #append} returns. Nothing is forced to the disk, so that a power cut loses what the kernel
 * had not written yet. Files that are closed wait to be shipped and deleted.
 *
 * <p>The size is bounded. A journal that is full, or that the disk refuses, takes no new calls
 * ({@link #requireRoom}); those that are under way still write beyond the bound.
 */
public final class Journal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** A file that is as large is closed; it is read at once when it is shipped. */
  static final int SEGMENT = 8 * 1024 * 1024;

  /** How long a journal that could not be written is left alone. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path directory;
  private final JournalFolder folder;
  private final long maxBytes;
  private @Nullable Path file;
  private @Nullable RandomAccessFile out;
  private long written;
  private long segments;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean failing;
  private long failedAt;

  private Journal(Path directory, JournalFolder folder, long maxBytes) {
    this.directory = directory;
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /**
   * @param directory that processes of one machine may share: each has a folder of its own in it
   */
  public static Journal open(Path directory, long maxBytes) throws IOException {
    return new Journal(directory, JournalFolder.create(directory), maxBytes);
  }

  /**
   * Called before there is anything to record: what cannot be recorded is not begun.
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
      retry();
    }
  }

  private synchronized void retry() {
    if (!failing) {
      return;
    }
    if (System.nanoTime() - failedAt < PAUSE.toNanos()) {
      throw new JournalFailure("the journal of traces could not be written");
    }
    try {
      open();
      failing = false;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Keeps a record.
   *
   * @throws JournalFailure when it is not kept
   */
  public synchronized void append(byte[] record) {
    byte[] frame = JournalSegment.frame(record);
    try {
      RandomAccessFile to = out == null ? open() : out;
      to.write(frame);
      written += frame.length;
      waiting.addAndGet(frame.length);
      failing = false;
    } catch (IOException e) {
      throw failed(e);
    }
    if (written >= SEGMENT) {
      rotate();
    }
  }

  private RandomAccessFile open() throws IOException {
    Path next = folder.segment(++segments);
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

  /** What was written of the record is cut off: the next one must be found after it. */
  private JournalFailure failed(IOException cause) {
    failing = true;
    failedAt = System.nanoTime();
    log.error("The journal of traces cannot be written: calls are refused", cause);
    RandomAccessFile to = out;
    if (to != null) {
      try {
        to.setLength(written);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
      rotate();
    }
    return new JournalFailure("the journal of traces could not be written", cause);
  }

  /**
   * Closes the present file, so that it can be shipped.
   *
   * @return whether there was one with records
   */
  synchronized boolean rotate() {
    RandomAccessFile open = out;
    if (open == null) {
      return false;
    }
    out = null;
    file = null;
    try {
      open.close();
    } catch (IOException e) {
      log.warn("A file of the journal was not closed: {}", e.toString());
    }
    return true;
  }

  /** Those that are not written any more, in their order. */
  synchronized List<Path> closed() throws IOException {
    List<Path> all = new ArrayList<>(folder.segments());
    all.remove(file);
    return all;
  }

  /** Deletes what was shipped. */
  void delete(Path shipped) throws IOException {
    long size = Files.size(shipped);
    Files.delete(shipped);
    waiting.addAndGet(-size);
  }

  /** Keeps a file out of the journal. */
  void setAside(Path damaged) throws IOException {
    long size = Files.size(damaged);
    folder.setAside(damaged);
    waiting.addAndGet(-size);
  }

  /** Bytes that wait to be shipped. */
  public long waiting() {
    return Math.max(0, waiting.get());
  }

  /** The folders of processes that are gone, locked until they are closed. */
  List<JournalFolder> abandoned() throws IOException {
    return JournalFolder.abandoned(directory);
  }

  /** What is left in it is shipped by the next process. */
  @Override
  public void close() throws IOException {
    rotate();
    folder.removeIfEmpty();
    folder.close();
  }
}
