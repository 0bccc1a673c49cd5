package io.plumbline.datasetregistry.document;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The parent's handle of a process that reads files one after the other. */
final class ReaderProcess implements AutoCloseable {

  /** The heap of the process, in bytes. */
  static final long HEAP = 256L * 1024 * 1024;

  private final Process process;
  private final DataInputStream replies;
  private final OutputStream requests;

  private ReaderProcess(Process process) {
    this.process = process;
    this.replies = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.requests = process.getOutputStream();
  }

  /**
   * @param directory for its temporary files
   */
  static ReaderProcess start(Path directory) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + directory,
                "-Dpdfbox.fontcache=" + directory));
    // Classes nested in a Boot jar can only be loaded by its own launcher.
    if (isInBootJar()) {
      command.add("-Dloader.main=" + ReaderMain.class.getName());
      command.add("org.springframework.boot.loader.launch.PropertiesLauncher");
    } else {
      command.add(ReaderMain.class.getName());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    // The child inherits nothing else: the service's environment holds passwords.
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    // Messages on standard error may quote the files.
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ReaderProcess(builder.start());
  }

  private static boolean isInBootJar() {
    return ReaderMain.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getProtocol()
        .equals("jar");
  }

  /**
   * @throws TimeoutException when reading takes longer than the timeout; the process must not be
   *     used again
   * @throws IOException when the process ended
   */
  ReaderReply requestRead(FileType type, Path file, Duration timeout)
      throws IOException, TimeoutException, InterruptedException {
    requests.write((type + "\t" + file + "\n").getBytes(StandardCharsets.UTF_8));
    requests.flush();
    FutureTask<ReaderReply> reply = new FutureTask<>(() -> ReaderReply.read(replies));
    Thread.ofVirtual().name("document-reader-" + process.pid()).start(reply);
    try {
      return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("The process that reads documents ended without a reply", e.getCause());
    }
  }

  /** Ends the process at once, unless it has ended, and returns its exit code. */
  int kill() {
    process.destroyForcibly();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
