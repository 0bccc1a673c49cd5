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

/** A process that reads files one after the other, seen from its parent. */
final class ReaderProcess implements AutoCloseable {

  /** Bytes of its heap. */
  static final long HEAP = 256L * 1024 * 1024;

  private final Process process;
  private final DataInputStream replies;
  private final OutputStream questions;

  private ReaderProcess(Process process) {
    this.process = process;
    this.replies = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.questions = process.getOutputStream();
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
    // A Boot jar has to unpack itself.
    if (isNested()) {
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
    // What it says there may quote the files.
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new ReaderProcess(builder.start());
  }

  private static boolean isNested() {
    return ReaderMain.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getProtocol()
        .equals("jar");
  }

  /**
   * @throws TimeoutException when it takes longer; the process is of no use then
   * @throws IOException when the process ended
   */
  ReaderReply ask(FileType type, Path file, Duration patience)
      throws IOException, TimeoutException, InterruptedException {
    questions.write((type + "\t" + file + "\n").getBytes(StandardCharsets.UTF_8));
    questions.flush();
    FutureTask<ReaderReply> reply = new FutureTask<>(() -> ReaderReply.read(replies));
    Thread.ofVirtual().name("document-reader-" + process.pid()).start(reply);
    try {
      return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("The process ended", e.getCause());
    }
  }

  /** Ends the process at once, unless it has ended, and says how it ended. */
  int end() {
    process.destroyForcibly();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    end();
  }
}
