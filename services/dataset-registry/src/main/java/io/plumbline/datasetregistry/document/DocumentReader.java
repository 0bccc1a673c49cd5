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
 * Reads the files of one upload in a separate process. A process is started for the first file, and
 * a new one after a file that ended its process.
 */
public final class DocumentReader implements AutoCloseable {

  /** The time that reading one file may take. */
  static final Duration FILE_TIMEOUT = Duration.ofSeconds(30);

  /** The time that reading all files of an upload may take. */
  static final Duration UPLOAD_TIMEOUT = Duration.ofHours(1);

  /** The number of files that may end a process before the upload's other files stay unread. */
  static final int MAX_FATAL_FILES = 5;

  /** The exit code of a JVM that runs out of memory with {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY_EXIT = 3;

  /** The number that is added to a signal to form the exit code of the process that it ended. */
  private static final int SIGNAL_EXIT_BASE = 128;

  private final Path directory;
  private final Duration fileTimeout;
  private final Duration uploadTimeout;
  private Duration spent = Duration.ZERO;
  private @Nullable ReaderProcess process;
  private int fatalFiles;

  /**
   * @param directory for the temporary files of the process
   */
  public DocumentReader(Path directory) throws IOException {
    this(directory, FILE_TIMEOUT, UPLOAD_TIMEOUT);
  }

  DocumentReader(Path directory, Duration fileTimeout, Duration uploadTimeout) throws IOException {
    this.directory = Files.createTempDirectory(directory, "documents-");
    this.fileTimeout = fileTimeout;
    this.uploadTimeout = uploadTimeout;
  }

  /** Returns the path to which the caller writes a file before calling {@link #read}. */
  public Path inputPath() {
    return directory.resolve("file");
  }

  /**
   * Returns whether no more files are read, because too many ended their process or reading took
   * too long in all.
   */
  public boolean hasExceededLimits() {
    return fatalFiles >= MAX_FATAL_FILES || spent.compareTo(uploadTimeout) > 0;
  }

  public ExtractedText read(FileType type, Path file) throws UnreadableFile, IOException {
    long from = System.nanoTime();
    try {
      return readInProcess(type, file);
    } finally {
      spent = spent.plusNanos(System.nanoTime() - from);
    }
  }

  private ExtractedText readInProcess(FileType type, Path file) throws UnreadableFile, IOException {
    ReaderProcess reader = process == null ? ReaderProcess.start(directory) : process;
    process = reader;
    try {
      return reader.requestRead(type, file, fileTimeout).extractedText();
    } catch (TimeoutException e) {
      throw endProcessWithFault(
          "takes more than %d s to read".formatted(fileTimeout.toSeconds()),
          "Save it again, or divide it into several files");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (IOException ended) {
      int code = reader.kill();
      if (code != OUT_OF_MEMORY_EXIT && code < SIGNAL_EXIT_BASE) {
        throw new IOException(
            "The process that reads documents ended with exit code " + code, ended);
      }
      throw endProcessWithFault(
          "needs more memory than one file may take",
          "Save it again, or divide it into several files");
    }
  }

  private UnreadableFile endProcessWithFault(String reason, String remedy) {
    closeProcess();
    fatalFiles++;
    return new UnreadableFile(RowProblem.Code.TOO_LARGE, reason, remedy);
  }

  private void closeProcess() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeProcess();
    List<Path> left;
    try (Stream<Path> files = Files.walk(directory)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }
}
