package io.plumbline.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that run for the measurement only. */
public final class ChildProcesses implements AutoCloseable {

  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts a process, which ends when this is closed.
   *
   * @param log the name of its log in {@code infra/bench/target}
   */
  public Process start(ProcessBuilder builder, String log) throws IOException {
    Process child =
        builder
            .redirectErrorStream(true)
            .redirectOutput(new File("infra/bench/target/" + log + ".log"))
            .start();
    processes.add(child);
    return child;
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        process.waitFor(20, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
