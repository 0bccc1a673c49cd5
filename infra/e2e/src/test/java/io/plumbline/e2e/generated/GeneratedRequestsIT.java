package io.plumbline.e2e.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.e2e.Platform;
import io.plumbline.e2e.RunLength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests that are generated from the API descriptions, valid ones and others, through the
 * gateway as a person of each role. None is answered by an error of ours, and none ends a process.
 */
@ExtendWith(Platform.class)
@Isolated("It asks as often as it can.")
class GeneratedRequestsIT {

  private static final List<String> SERVICES =
      List.of(
          "strategy",
          "prompt-registry",
          "dataset-registry",
          "training",
          "model-registry",
          "evaluation",
          "inference",
          "compliance");

  /** One person of each role; ada has those of the three engineers. */
  private static final List<String> PEOPLE = List.of("vera", "ada", "ben", "cleo", "sam", "root");

  /**
   * The time of the requests to one service as one person. It is less than the life of an access
   * token, which the program does not renew.
   */
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("e2e.generated", 45));

  /**
   * A list of the names by which the program reports an error of the server or a missing answer.
   */
  private static final List<String> ERRORS = List.of("Server error", "Network Error", "Timeout");

  private static final Path REPORTS = Platform.ROOT.resolve("infra/e2e/target/generated");

  @Test
  void none_is_answered_by_an_error_of_ours_and_none_ends_a_process()
      throws IOException, InterruptedException {
    assumeTrue(RunLength.isFull(), "runs by ./plumbline test --long");
    Schemathesis schemathesis = Schemathesis.install();
    Files.createDirectories(REPORTS);
    Map<String, Long> before = processes();
    Map<Integer, Long> statuses = new TreeMap<>();
    List<String> broken = new ArrayList<>();

    for (String person : PEOPLE) {
      for (String service : SERVICES) {
        Path report = REPORTS.resolve("%s-%s.ndjson".formatted(person, service)).toAbsolutePath();
        Path log = REPORTS.resolve("%s-%s.log".formatted(person, service)).toAbsolutePath();
        int exit = schemathesis.send(arguments(service, person, report), log, TIME.plusMinutes(3));
        if (exit != 0 && ERRORS.stream().anyMatch(Files.readString(log)::contains)) {
          broken.add("%s as %s: see %s".formatted(service, person, log));
        }
        count(report, statuses);
        Files.delete(report);
      }
    }

    long sent = statuses.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf("%,d generated requests: %s%n", sent, statuses);
    assertThat(broken).isEmpty();
    assertThat(sent).as("requests").isPositive();
    assertThat(statuses.keySet()).allMatch(status -> status < 500);
    assertThat(processes()).isEqualTo(before);
  }

  private static List<String> arguments(String service, String person, Path report) {
    return List.of(
        "run",
        Platform.ROOT.resolve("services/%s/openapi.yaml".formatted(service)).toAbsolutePath() + "",
        "--url",
        Platform.access().gateway(),
        "--header",
        "Authorization: Bearer " + Platform.user(person).token(),
        "--phases",
        "coverage,fuzzing",
        "--checks",
        "not_a_server_error",
        "--continue-on-failure",
        "--max-time",
        Long.toString(TIME.toSeconds()),
        "--request-timeout",
        "60",
        // A stream ends after a minute, and says nothing about one request.
        "--exclude-path-regex",
        "/events$",
        "--workers",
        "1",
        "--suppress-health-check",
        "all",
        "--warnings",
        "off",
        "--no-shrink",
        "--seed",
        "20261201",
        "--report",
        "ndjson",
        "--report-ndjson-path",
        report.toString());
  }

  /** Counts the answers of a report by their status. */
  private static void count(Path report, Map<Integer, Long> statuses) throws IOException {
    try (Stream<String> lines = Files.lines(report)) {
      lines
          .map(line -> JsonMapper.shared().readTree(line))
          .flatMap(event -> event.findValues("status_code").stream())
          .filter(JsonNode::isNumber)
          .forEach(status -> statuses.merge(status.asInt(), 1L, Long::sum));
    }
  }

  private static Map<String, Long> processes() {
    Map<String, Long> processes = new LinkedHashMap<>();
    Stream.concat(SERVICES.stream(), Stream.of("gateway", "keycloak", "kafka", "postgresql"))
        .forEach(process -> processes.put(process, Platform.pid(process)));
    return processes;
  }
}
