package io.plumbline.training.executor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parent's handle of a training process. Training runs in a separate process because native
 * code can crash it, and because a process can be stopped at any instant. Its reports wait in a
 * short queue, so that a parent that stops polling stops the child too.
 */
public final class ChildTrainer implements AutoCloseable {

  /** A message that the parent receives: a report, or the end of the process. */
  public sealed interface Message {

    record Reported(TrainerReport report) implements Message {}

    /**
     * The end of the process.
     *
     * @param log the last lines of its standard error
     */
    record Ended(int exitCode, List<String> log) implements Message {}
  }

  private static final int MAX_QUEUED = 64;
  private static final int MAX_LOG_LINES = 12;

  private final Process process;
  private final Path log;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>(MAX_QUEUED);
  private final Thread reader;

  private ChildTrainer(Process process, Path log, JsonMapper json) {
    this.process = process;
    this.log = log;
    this.reader =
        Thread.ofVirtual().name("trainer-" + process.pid()).start(() -> readReports(json));
  }

  /**
   * Starts a process.
   *
   * @param heap the maximum heap of the child in the notation of the {@code -Xmx} option; weights
   *     and native buffers come on top
   */
  public static ChildTrainer start(
      TrainerAssignment trainerAssignment, String heap, JsonMapper json) throws IOException {
    return new ChildTrainer(
        launch(trainerAssignment, heap, json), logFile(trainerAssignment), json);
  }

  private static Path logFile(TrainerAssignment trainerAssignment) {
    return trainerAssignment.directory().resolve("trainer.log");
  }

  static Process launch(TrainerAssignment trainerAssignment, String heap, JsonMapper json)
      throws IOException {
    Path directory = Files.createDirectories(trainerAssignment.directory());
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    Path file = directory.resolve("assignment.json");
    Files.write(file, json.writeValueAsBytes(trainerAssignment));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary);
    ClassPath.of(TrainerMain.class).addTo(builder);
    builder.command().add(file.toString());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(logFile(trainerAssignment).toFile()));
    return builder.start();
  }

  /**
   * Waits for the next message.
   *
   * @return the message, or null if none arrives within the timeout
   */
  public @Nullable Message poll(Duration timeout) throws InterruptedException {
    return messages.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void readReports(JsonMapper json) {
    try {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          messages.put(new Message.Reported(json.readValue(line, TrainerReport.class)));
        }
      } catch (IOException | JacksonException e) {
        // A truncated line or a broken pipe means that the process is about to end. Its exit code
        // shows the cause.
        process.destroyForcibly();
      }
      messages.put(new Message.Ended(process.waitFor(), lastLines()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> lastLines() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - MAX_LOG_LINES), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process at once, if it still runs. The checkpoints on disk are kept. */
  @Override
  public void close() {
    process.destroyForcibly();
    reader.interrupt();
  }
}
