package io.plumbline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes how long each class took. The reports of classes that ran side by side mix their tests and
 * times.
 */
public final class ClassTimes implements TestExecutionListener {

  private static final Path FILE = Path.of("target/class-times.tsv");

  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> tests = new ConcurrentHashMap<>();
  private final Queue<String> rows = new ConcurrentLinkedQueue<>();

  @Override
  public void executionStarted(TestIdentifier identifier) {
    started.put(identifier.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    if (identifier.isTest()) {
      // Tests are counted when they end, because the plan does not list those of a parameterised
      // test.
      classOf(identifier)
          .ifPresent(
              name -> tests.computeIfAbsent(name, each -> new AtomicInteger()).incrementAndGet());
    }
    if (identifier.getSource().orElse(null) instanceof ClassSource source) {
      long nanos =
          System.nanoTime() - started.getOrDefault(identifier.getUniqueId(), System.nanoTime());
      rows.add(
          String.format(
              Locale.ROOT,
              "%s\t%.3f\t%d",
              source.getClassName(),
              nanos / 1e9,
              tests.getOrDefault(source.getClassName(), new AtomicInteger()).get()));
    }
  }

  private static Optional<String> classOf(TestIdentifier test) {
    return test.getSource().orElse(null) instanceof MethodSource method
        ? Optional.of(method.getClassName())
        : Optional.empty();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    List<String> lines = new ArrayList<>(List.of("class\tseconds\ttests"));
    lines.addAll(rows);
    try {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
