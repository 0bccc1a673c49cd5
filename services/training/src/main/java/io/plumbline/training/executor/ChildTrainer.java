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
 * A training process, seen from its parent. Training runs in a process of its own because native
 * code can crash it, and because a process can be stopped at any instant. Its reports wait in a
 * short queue: a parent that stops polling stops the child too.
 */
public final class ChildTrainer implements AutoCloseable {

  /** What the parent receives: a report, or that the process has ended. */
  public sealed interface Message {

    record Reported(Report report) implements Message {}

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
    return new ChildTrainer(launch(assignment, heap, json), log(assignment), json);
  }

  private static Path log(Assignment assignment) {
    return assignment.directory().resolve("trainer.log");
  }

  static Process launch(Assignment assignment, String heap, JsonMapper json) throws IOException {
    Path directory = Files.createDirectories(assignment.directory());
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    Path file = directory.resolve("assignment.json");
    Files.write(file, json.writeValueAsBytes(assignment));
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
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log(assignment).toFile()));
    return builder.start();
  }

  /**
   * @return what came first, or nothing within the time
   */
  public @Nullable Message poll(Duration patience) throws InterruptedException {
    return messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void read(JsonMapper json) {
    try {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          messages.put(new Message.Reported(json.readValue(line, Report.class)));
        }
      } catch (IOException | JacksonException e) {
        // A truncated line or a broken pipe: the process is about to end, and its exit code is what
        // counts.
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
