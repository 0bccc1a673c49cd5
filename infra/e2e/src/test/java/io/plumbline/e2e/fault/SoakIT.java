package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.ResourceKind;
import io.plumbline.e2e.RunLength;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends reads, writes and completions for as many minutes as {@code -De2e.soak=30} says. In the
 * short form no memory is compared, since a process that was just started still grows. The memory
 * of each process in MB is printed each minute, and its growth at the end. It is the process's
 * share (PSS) of the memory that the kernel cannot drop, in a JVM after a full collection, since a
 * heap may grow to its bound at any pace.
 */
@ExtendWith(Platform.class)
@Isolated("It measures memory.")
class SoakIT {

  private static final int MINUTES = RunLength.of("e2e.soak", 2, 30);

  /**
   * The share of the mean of the second third by which the last third may exceed it: 5%, and 8 MB.
   */
  private static final double GROWTH = 0.05;

  private static final int SLACK_MB = 8;

  /** The minutes from which on the memory of their thirds is compared. */
  private static final int FEWEST_MINUTES = 9;

  /**
   * The number of texts after which one is sent again. The content of caches is bounded, and with
   * new texts alone they would fill for hours.
   */
  private static final int TEXTS = 1_000;

  /** The process that writes class caches after the first start, and ends. */
  private static final String CACHES = "aot-caches";

  private static final String RUN = Platform.uniqueName("soak");
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration MINUTE = Duration.ofSeconds(RunLength.of("e2e.soak.minute", 8, 60));

  private final ApiUser ada = Platform.user("ada");
  private final AtomicInteger number = new AtomicInteger();

  @Test
  void memory_stays_flat() throws IOException {
    Map<String, List<Double>> memory = new LinkedHashMap<>();
    try (Traffic traffic = new Traffic(6, PAUSE, this::request)) {
      for (int minute = 1; minute <= MINUTES; minute++) {
        Traffic.sleep(MINUTE);
        for (String process : processes()) {
          memory.computeIfAbsent(process, first -> new ArrayList<>()).add(megabytes(process));
        }
        assertThat(traffic.outcomes().keySet())
            .noneMatch(outcome -> outcome.startsWith("5") && !outcome.endsWith("Retry-After"))
            .noneMatch(outcome -> outcome.startsWith("broken"));
        System.out.println("minute " + minute + ": " + line(memory) + "; " + traffic.outcomes());
      }
    }
    memory.forEach((process, values) ->
        System.out.printf(
            "%s: %.0f MB at first, %.0f MB at last, %+.2f MB a minute in the second half%n",
            process, values.getFirst(), values.getLast(), slope(values)));
    memory.forEach((process, values) -> {
      int third = values.size() / 3;
      if (MINUTES >= FEWEST_MINUTES) {
        assertThat(mean(values.subList(values.size() - third, values.size())))
            .as("memory of %s in the last third: %s", process, values)
            .isLessThanOrEqualTo(
                (1 + GROWTH) * mean(values.subList(third, values.size() - third)) + SLACK_MB);
      }
    });
  }

  private HttpRequest request(int client) {
    int next = number.getAndIncrement();
    return switch (next % 4) {
      case 0 -> Requests.completion(ada.token(), "message " + next / 4 % TEXTS);
      case 1 ->
          Requests.to("/api/applications", ada.token())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(
                  BodyPublishers.ofString(
                      JsonMapper.shared()
                          .writeValueAsString(ResourceKind.APPLICATION.body(RUN + "-" + next))))
              .build();
      default -> Requests.get(Requests.LISTS.get(next / 4 % Requests.LISTS.size()), ada.token());
    };
  }

  private static List<String> processes() throws IOException {
    try (Stream<Path> files = Files.list(Platform.HOME.resolve("run"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pid"))
          .map(name -> name.substring(0, name.length() - ".pid".length()))
          .filter(name -> !name.equals(CACHES))
          .sorted()
          .toList();
    }
  }

  private static double megabytes(String process) throws IOException {
    long pid = Platform.pid(process);
    collectGarbage(pid);
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
            .filter(line -> line.startsWith("Pss_Anon:") || line.startsWith("Pss_Shmem:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }

  private static void collectGarbage(long pid) throws IOException {
    Path program = Path.of("/proc/" + pid + "/exe").toRealPath();
    if (program.endsWith("java")) {
      Platform.Outcome collection =
          Platform.run(List.of(program.resolveSibling("jcmd").toString(), pid + "", "GC.run"));
      assertThat(collection.exit()).as(collection.output()).isZero();
    }
  }

  private static String line(Map<String, List<Double>> memory) {
    return memory.entrySet().stream()
        .map(each -> "%s %.0f".formatted(each.getKey(), each.getValue().getLast()))
        .collect(Collectors.joining(", "));
  }

  /** Returns the slope by least squares over the second half. */
  private static double slope(List<Double> values) {
    List<Double> half = values.subList(values.size() / 2, values.size());
    double middle = (half.size() - 1) / 2.0;
    double mean = mean(half);
    double above = 0;
    double below = 0;
    for (int i = 0; i < half.size(); i++) {
      above += (i - middle) * (half.get(i) - mean);
      below += (i - middle) * (i - middle);
    }
    return below == 0 ? 0 : above / below;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
