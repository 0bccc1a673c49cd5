package io.plumbline.bench.ingest;

import io.plumbline.bench.process.BenchFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most that a JVM held while it was watched: its heap, and what the process had in memory that
 * is not the kernel's to drop. Files that it maps are, and are counted apart.
 */
final class PeakMemoryMonitor implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private final long pid;
  private final Thread watch;
  private volatile long heap;
  private volatile long anonymous;
  private volatile long resident;

  PeakMemoryMonitor(long pid) {
    this.pid = pid;
    this.watch = Thread.ofPlatform().daemon().name("memory").start(this::watchProcess);
  }

  private void watchProcess() {
    try {
      while (!Thread.interrupted()) {
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        anonymous = Math.max(anonymous, kilobytes(status, "RssAnon"));
        resident = Math.max(resident, kilobytes(status, "VmRSS"));
        heap = Math.max(heap, usedHeap());
        Thread.sleep(PAUSE);
      }
    } catch (IOException | InterruptedException ended) {
      // What was seen until now is the result.
    }
  }

  private long usedHeap() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.heap_info").start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return sumUsed(answer);
  }

  /** Returns the sum of the generations of a serial heap, in kilobytes. */
  static long sumUsed(String heapInfo) {
    Matcher generation = USED.matcher(heapInfo);
    long sum = 0;
    while (generation.find()) {
      sum += Long.parseLong(generation.group(1));
    }
    return sum;
  }

  static long kilobytes(String status, String name) {
    Matcher value =
        Pattern.compile("^" + name + ":\\s+(\\d+) kB", Pattern.MULTILINE).matcher(status);
    if (!value.find()) {
      throw new BenchFailed("The kernel does not report " + name + " for a process.");
    }
    return Long.parseLong(value.group(1));
  }

  String line() {
    return "heap %d MB at most, process %d MB and with the files it maps %d MB"
        .formatted(heap >> 10, anonymous >> 10, resident >> 10);
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
