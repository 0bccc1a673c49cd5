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
 * A child process at work, seen from its parent. Training runs apart because native code in it can
 * take its process down, and because a process can be stopped at any instant. What it tells waits
 * in a short queue: a parent that stops taking stops the child too.
 */
public final class ChildTrainer implements AutoCloseable {

  /** What the parent hears: a report, or that the process has ended. */
  public sealed interface Message {

    record Told(Report report) implements Message {}

    /**
     * @param log the last lines of its standard error
     */
    record Ended(int exitCode, List<String> log) implements Message {}
  }

  private static final int QUEUE = 64;
  private static final int LOG_LINES = 12;

  private final Process process;
  private final Path log;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>(QUEUE);
  private final Thread reader;

  private ChildTrainer(Process process, Path log, JsonMapper json) {
    this.process = process;
    this.log = log;
    this.reader = Thread.ofVirtual().name("trainer-" + process.pid()).start(() -> read(json));
  }

  /**
   * @param heap the child's largest heap, as the {@code -Xmx} option writes it; weights and native
   *     buffers come on top
   */
  public static ChildTrainer start(Assignment assignment, String heap, JsonMapper json)
      throws IOException {
    Path directory = Files.createDirectories(assignment.directory());
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    Path file = directory.resolve("assignment.json");
    Files.write(file, json.writeValueAsBytes(assignment));
    Path log = directory.resolve("trainer.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary);
    ClassPath.of(TrainerMain.class).describe(builder);
    builder.command().add(file.toString());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ChildTrainer(builder.start(), log, json);
  }

  /**
   * @return what came first, or nothing within the time
   */
  public @Nullable Message poll(Duration patience) throws InterruptedException {
    return messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  public long pid() {
    return process.pid();
  }

  /** Closes the pipe that ties the child's life to this process, as this process's death would. */
  void abandon() throws IOException {
    process.getOutputStream().close();
  }

  private void read(JsonMapper json) {
    try {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          messages.put(new Message.Told(json.readValue(line, Report.class)));
        }
      } catch (IOException | JacksonException e) {
        // A line that was cut off, or a pipe that broke: the process is about to end, and how it
        // ended is what counts.
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
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process at once, if it still runs; what it has checkpointed stays. */
  @Override
  public void close() {
    process.destroyForcibly();
    reader.interrupt();
  }
}
