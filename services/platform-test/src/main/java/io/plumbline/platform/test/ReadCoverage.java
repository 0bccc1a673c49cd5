package io.plumbline.platform.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the GET operations that were answered as described, over all test classes of a run, and
 * writes the result to {@code target/reads.txt} and to standard output.
 */
public final class ReadCoverage implements TestExecutionListener {

  private static final Map<String, Set<String>> DESCRIBED = new ConcurrentHashMap<>();
  private static final Set<String> ANSWERED = new ConcurrentSkipListSet<>();

  static void registerReadOperations(String service, Set<String> reads) {
    DESCRIBED.put(service, reads);
  }

  static void recordAnswered(String operation) {
    ANSWERED.add(operation);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    DESCRIBED.forEach((service, reads) -> {
      Set<String> missing = new TreeSet<>(reads);
      missing.removeAll(ANSWERED);
      String line = line(service, reads.size(), missing);
      System.out.println(line);
      try {
        Files.writeString(Path.of("target/reads.txt"), line + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  static String line(String service, int reads, Set<String> missing) {
    return "%s: %d of %d GET answers match their schema%s"
        .formatted(
            service,
            reads - missing.size(),
            reads,
            missing.isEmpty() ? "" : "; not read: " + String.join(", ", missing));
  }
}
