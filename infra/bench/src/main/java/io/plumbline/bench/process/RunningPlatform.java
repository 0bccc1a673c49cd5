package io.plumbline.bench.process;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform that runs here: its applications as processes, and a token of one of its people. */
public record RunningPlatform(JsonNode access) {

  /** A person of the second workspace, so that the figures of the first are not disturbed. */
  private static final String PERSON = "gus";

  /**
   * Returns the platform that runs here.
   *
   * @throws BenchFailed unless the named applications run here
   */
  public static RunningPlatform require(String... applications) throws IOException {
    String access = System.getenv("PLUMBLINE_ACCESS");
    if (access == null || !areRunning(applications)) {
      throw new BenchFailed(
          "This benchmark needs the platform, which does not run here: start it with"
              + " `./plumbline up`.");
    }
    return new RunningPlatform(
        JsonMapper.shared().readTree(Path.of(String.valueOf(access)).toFile()));
  }

  private static boolean areRunning(String... applications) throws IOException {
    boolean up = true;
    for (String application : applications) {
      up &= processOf(application).isPresent();
    }
    return up;
  }

  /**
   * Does some work on the platform that runs here. If none runs, starts one for the work and stops
   * it afterwards.
   */
  public static void runWith(Work work, String... applications)
      throws IOException, InterruptedException {
    boolean own = System.getenv("PLUMBLINE_ACCESS") != null && !areRunning(applications);
    if (own && runPlumbline("up") != 0) {
      throw new BenchFailed("The platform did not start; `./plumbline up` says why.");
    }
    try {
      work.on(require(applications));
    } finally {
      if (own) {
        runPlumbline("down");
      }
    }
  }

  /** A measurement on a platform. */
  @FunctionalInterface
  public interface Work {
    void on(RunningPlatform platform) throws IOException, InterruptedException;
  }

  private static int runPlumbline(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("./plumbline", command).inheritIO().start().waitFor();
  }

  private static Optional<ProcessHandle> processOf(String application) throws IOException {
    Path access = Path.of(String.valueOf(System.getenv("PLUMBLINE_ACCESS")));
    Path file = access.resolveSibling("run").resolve(application + ".pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String pid = Files.readString(file).strip().split(" ", 2)[0];
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
  }

  /** Returns the id of the process of an application. */
  public long pid(String application) throws IOException {
    return processOf(application)
        .orElseThrow(() ->
            new IOException(
                application
                    + " has ended since the benchmark began; see ./plumbline logs "
                    + application))
        .pid();
  }

  /** Returns the port on which an application listens here. */
  public int port(String application) throws IOException {
    String variable = "SERVER_PORT=";
    return readStrings(application, "environ").stream()
        .filter(each -> each.startsWith(variable))
        .map(each -> Integer.parseInt(each.substring(variable.length())))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns the command by which an application runs here, without the flags that delay
   * optimisation during a start. With them a warm-up would take ten times as many requests.
   */
  public List<String> command(String application) throws IOException {
    return readStrings(application, "cmdline").stream()
        .filter(argument -> !argument.startsWith("-XX:Tier4"))
        .toList();
  }

  /**
   * Returns the flags of the JVM of an application, without its AOT cache, which belongs to another
   * class path.
   */
  public List<String> jvmFlags(String application) throws IOException {
    return command(application).stream()
        .takeWhile(argument -> !argument.equals("-jar"))
        .filter(argument -> !argument.startsWith("-XX:AOT") && !argument.startsWith("-Xlog"))
        .toList();
  }

  /**
   * Returns a further process in the environment of an application. It has the same database,
   * broker and issuer, but its management listens on any free port.
   */
  public ProcessBuilder processWithEnvironmentOf(String application, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    for (String variable : readStrings(application, "environ")) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    // As an option it does not reach the context of the management endpoints.
    builder.environment().put("MANAGEMENT_SERVER_PORT", "0");
    return builder;
  }

  /** Returns the strings of a file of {@code /proc/PID}, which end with NUL each. */
  private List<String> readStrings(String application, String file) throws IOException {
    return Arrays.asList(
        Files.readString(Path.of("/proc", Long.toString(pid(application)), file)).split("\0", 0));
  }

  /** Returns a token, which is valid for five minutes, so each run requests its own. */
  public String token() throws IOException, InterruptedException {
    return token(PERSON);
  }

  /** Returns a token of another person of the second workspace. */
  public String token(String person) throws IOException, InterruptedException {
    String form =
        "grant_type=password&client_id="
            + access.path("clientId").asString()
            + "&username="
            + person
            + "&password="
            + URLEncoder.encode(
                access.path("people").path(person).asString(), StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.path("tokenUri").asString()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            person
                + " could not sign in at "
                + request.uri()
                + ": "
                + answer.statusCode()
                + " "
                + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
    }
  }
}
