package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one upload in a process of its own, which is started with the first of them,
 * and anew after a file that it did not survive.
 */
public final class DocumentReader implements AutoCloseable {

  /** Of one file. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of all files of an upload. */
  static final Duration TOTAL = Duration.ofHours(1);

  /** Files of an upload that may cost a process. */
  static final int MAX_FATAL = 5;

  /** How a JVM ends that was told to exit when it has no more memory. */
  private static final int OUT_OF_MEMORY = 3;

  /** Added to the signal that ended a process. */
  private static final int KILLED = 128;

  private final Path directory;
  private final Duration patience;
  private final Duration total;
  private Duration spent = Duration.ZERO;
  private @Nullable ReaderProcess process;
  private int fatal;

  /**
   * @param directory for the temporary files of the process
   */
  public DocumentReader(Path directory) throws IOException {
    this(directory, PATIENCE, TOTAL);
  }

  DocumentReader(Path directory, Duration patience, Duration total) throws IOException {
    this.directory = Files.createTempDirectory(directory, "documents-");
    this.patience = patience;
    this.total = total;
  }

  /** A file to write what is to be read to. */
  public Path file() {
    return directory.resolve("file");
  }

  /** Whether so many files cost a process, or all so much time, that no more are read. */
  public boolean exhausted() {
    return fatal >= MAX_FATAL || spent.compareTo(total) > 0;
  }

  public ReadFile read(FileType type, Path file) throws UnreadableFile, IOException {
    long from = System.nanoTime();
    try {
      return ask(type, file);
    } finally {
      spent = spent.plusNanos(System.nanoTime() - from);
    }
  }

  private ReadFile ask(FileType type, Path file) throws UnreadableFile, IOException {
    ReaderProcess reader = process == null ? ReaderProcess.start(directory) : process;
    process = reader;
    try {
      return reader.ask(type, file, patience).file();
    } catch (TimeoutException e) {
      throw lost(
          "takes more than %d s to read".formatted(patience.toSeconds()),
          "Save it anew, or divide it into several files");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (IOException ended) {
      int code = reader.end();
      if (code != OUT_OF_MEMORY && code < KILLED) {
        throw new IOException("The process that reads documents ended with " + code, ended);
      }
      throw lost(
          "needs more memory than one file may take",
          "Save it anew, or divide it into several files");
    }
  }

  private UnreadableFile lost(String reason, String remedy) {
    end();
    fatal++;
    return new UnreadableFile(RowProblem.Code.TOO_LARGE, reason, remedy);
  }

  private void end() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  @Override
  public void close() throws IOException {
    end();
    List<Path> left;
    try (Stream<Path> files = Files.walk(directory)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }
}
