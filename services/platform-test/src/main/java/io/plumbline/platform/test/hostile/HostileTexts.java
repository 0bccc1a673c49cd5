package io.plumbline.platform.test.hostile;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads hostile texts in a process of its own with a small heap, each text twice at once. The
 * process prints the CPU time and the allocated memory of each reading. It fails if a reading takes
 * more than {@link #REFUSED} of CPU time, if it ends with an error, or if the heap is too small.
 */
public final class HostileTexts {

  /** The CPU time that reading one text should take at most, on the processors of today. */
  private static final Duration MOST = Duration.ofSeconds(1);

  /** The CPU time above which a reading fails, so that a slow machine fails no test. */
  private static final Duration REFUSED = MOST.multipliedBy(5);

  /** The memory that two readings at once may take, in megabytes. */
  private static final int TWICE_32_MEGABYTES = 64;

  /** The times that a text is read before it counts as slow: the first time loads classes. */
  private static final int ROUNDS = 3;

  private static final Duration HANGS = Duration.ofMinutes(4);

  /** The texts for some parsers. Its constructor has no parameters. */
  public interface Table {

    /** Returns the readings by what is hostile about their texts. */
    Map<String, Reading> readings();
  }

  /** Reads one text. A text that the parser refuses is read like any other. */
  @FunctionalInterface
  public interface Reading {

    /**
     * Reads the text.
     *
     * @throws Exception if the parser fails in a way that it should not
     */
    void read() throws Exception;
  }

  /** The cost of one reading. */
  private record Cost(Duration cpu, long bytes) {

    Cost least(Cost other) {
      return cpu.compareTo(other.cpu) < 0 ? this : other;
    }

    Cost most(Cost other) {
      return cpu.compareTo(other.cpu) > 0 ? this : other;
    }
  }

  private HostileTexts() {}

  /**
   * Reads all texts of a table in one process.
   *
   * @param megabytes the heap that the classes and the texts themselves need
   * @throws AssertionError if a text takes too much
   */
  public static void read(int megabytes, Class<? extends Table> table)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx%dm".formatted(megabytes + TWICE_32_MEGABYTES),
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            HostileTexts.class.getName(),
            table.getName());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process process = builder.start();
    if (!process.waitFor(HANGS.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("A hostile text takes minutes: the last one of the output");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "A hostile text takes too much: see the output; exit code " + process.exitValue());
    }
  }

  /**
   * Reads the texts of the table whose class is named.
   *
   * @param names the name of the class
   */
  public static void main(String[] names) throws Exception {
    Table table =
        Class.forName(names[0]).asSubclass(Table.class).getDeclaredConstructor().newInstance();
    boolean held = true;
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (Map.Entry<String, Reading> reading : table.readings().entrySet()) {
        System.out.printf("%-72s", reading.getKey());
        System.out.flush();
        Cost cost = leastOf(two, reading.getValue());
        held &= cost.cpu.compareTo(REFUSED) <= 0;
        System.out.printf(
            "%7d ms %6d MB allocated%s%n",
            cost.cpu.toMillis(),
            cost.bytes >> 20,
            cost.cpu.compareTo(MOST) > 0 ? "  TOO MUCH" : "");
      }
    }
    if (!held) {
      System.exit(1);
    }
  }

  private static Cost leastOf(ExecutorService two, Reading reading)
      throws ExecutionException, InterruptedException {
    Cost least = twiceAtOnce(two, reading);
    for (int round = 1; round < ROUNDS && least.cpu.compareTo(MOST) > 0; round++) {
      least = least.least(twiceAtOnce(two, reading));
    }
    return least;
  }

  private static Cost twiceAtOnce(ExecutorService two, Reading reading)
      throws ExecutionException, InterruptedException {
    Callable<Cost> measured = () -> measure(reading);
    Future<Cost> one = two.submit(measured);
    Future<Cost> other = two.submit(measured);
    return one.get().most(other.get());
  }

  private static Cost measure(Reading reading) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    reading.read();
    return new Cost(
        Duration.ofNanos(threads.getCurrentThreadCpuTime() - cpu),
        threads.getCurrentThreadAllocatedBytes() - bytes);
  }
}
