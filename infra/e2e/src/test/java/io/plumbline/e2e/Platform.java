package io.plumbline.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.driver.ApplicationDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An installation of this checkout for the tests alone. It is made and started before the first
 * test and removed after the last, and the main installation may be up meanwhile. When a test
 * failed, its logs stay. Tests are skipped, visibly, unless they are switched on.
 */
public final class Platform
    implements BeforeAllCallback, AfterAllCallback, TestWatcher, AutoCloseable {

  public static final Path ROOT = Path.of(System.getProperty("plumbline.root", "."));

  /** The folder of the installation. */
  public static final Path HOME = ROOT.resolve(".plumbline/tests");

  public static final Path LOGS = HOME.resolve("logs");

  private static final String INSTALLATION = "tests";
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static final Map<String, Map<String, String>> ENVIRONMENTS = new ConcurrentHashMap<>();
  private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();

  private final @Nullable TestRun run;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Creates the extension, which holds no state itself. */
  Platform() {
    this(null);
  }

  private Platform(@Nullable TestRun run) {
    this.run = run;
  }

  /** The output of a command of {@code ./plumbline}, and its exit code. */
  public record Outcome(int exit, String output) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(
        Boolean.getBoolean("e2e"), "end-to-end tests run by ./plumbline test, or with -De2e=true");
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            Platform.class,
            type -> {
              TestRun run = TestRun.alone(ROOT.resolve(".plumbline"));
              // A run that was killed may have left its installation.
              remove("remove");
              try {
                up();
              } catch (AssertionError failed) {
                remove("remove", "--keep-logs");
                run.close();
                throw failed;
              }
              Platform started = new Platform(run);
              // Ctrl-C ends the tests, but not what they have started.
              Runtime.getRuntime().addShutdownHook(new Thread(() -> started.end(true)));
              return started;
            });
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    FAILED.set(true);
  }

  /** Records the failure of a class before or after all of its tests. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (context
        .getExecutionException()
        .filter(e -> !(e instanceof TestAbortedException))
        .isPresent()) {
      FAILED.set(true);
    }
  }

  @Override
  public void close() {
    end(FAILED.get());
  }

  private void end(boolean keepLogs) {
    if (run == null || ended.getAndSet(true)) {
      return;
    }
    if (keepLogs) {
      remove("remove", "--keep-logs");
      System.out.println("The logs of the platform that was tested are in " + LOGS);
    } else {
      remove("remove");
    }
    run.close();
  }

  private static void remove(String... command) {
    Outcome removed = command(command);
    assertThat(removed.exit()).as(removed.output()).isZero();
  }

  public static void up() {
    Outcome up = command("up");
    assertThat(up.exit()).as(up.output()).isZero();
  }

  /** Returns a name that no other run of the tests uses. */
  public static String uniqueName(String prefix) {
    return prefix + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  }

  public static ApiUser user(String name) {
    return new ApiUser(access(), name);
  }

  /** Connects a provider under a name, which the names of its models begin with. */
  static void connect(String name, String baseUrl) {
    user("root")
        .post(
            "/api/providers", Map.of("name", name, "kind", "openai-compatible", "baseUrl", baseUrl))
        .expect(201);
  }

  /** Creates an API key for a day, with the applications or models that it may call. */
  public static ApiResponse createKey(String name, String scope, List<String> names) {
    return user("sam")
        .post("/api/api-keys", Map.of("name", name, "expiresInDays", 1, scope, names))
        .expect(201);
  }

  /**
   * Lists a model in the catalogue with one price for a million tokens of input or output, which a
   * second person approves.
   */
  static void listModel(String model, String usd) {
    Map<String, String> price = Map.of("amount", usd, "currency", "USD");
    user("ada")
        .post(
            "/api/base-models",
            Map.of(
                "name",
                model,
                "kind",
                "CHAT",
                "licence",
                "MIT",
                "contextWindow",
                8192,
                "inputPerMillion",
                price,
                "outputPerMillion",
                price))
        .expect(201);
    ApplicationDriver.approvePrices(user("ben"), model);
  }

  /**
   * Has a policy of releases proposed and activated beside those of the workspace, all of which
   * have to hold.
   */
  static void activatePolicy(String name, String expression) {
    String source =
        "[{\"name\":\"only\",\"expression\":\"%s\",\"message\":\"Not this one.\"}]"
            .formatted(expression);
    String proposalId =
        user("cleo")
            .post("/api/policies", Map.of("name", name, "target", "release", "source", source))
            .expect(201)
            .text("/proposalId");
    user("root")
        .post("/api/policy-proposals/" + proposalId + "/decisions", Map.of("decision", "APPROVED"))
        .expect(200);
  }

  /** Returns the access to the installation of the tests, or to that which is checked. */
  public static Access access() {
    String other = System.getProperty("cluster.access");
    return Access.read(other == null ? HOME.resolve("access.json") : Path.of(other));
  }

  /** Returns a password that the launcher made. */
  public static String secret(String name) {
    return JsonMapper.shared().readTree(HOME.resolve("secrets.json").toFile()).get(name).asString();
  }

  /** Returns the environment variables that a service was started with. */
  static Map<String, String> environment(String service) {
    return command("environment", service)
        .output()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, same) -> one));
  }

  /** Returns the value of an environment variable of a service, which is read once in a run. */
  static String setting(String service, String variable) {
    return requireNonNull(
        ENVIRONMENTS.computeIfAbsent(service, Platform::environment).get(variable), variable);
  }

  /**
   * Sends a signal to one of the processes that the launcher started.
   *
   * @return whether there was such a process
   */
  public static boolean signal(String process, String signal) {
    return run(List.of("kill", "-" + signal, Long.toString(pid(process)))).exit() == 0;
  }

  /** Returns the address of a process, as {@code status} shows it. */
  static String address(String process) {
    return "http://127.0.0.1:" + port(process);
  }

  /** Returns the port of a process. Ports stay, so all of them are read once. */
  private static int port(String process) {
    if (!PORTS.containsKey(process)) {
      command("status")
          .output()
          .lines()
          .map(line -> line.strip().split("\\s+", -1))
          .filter(columns -> columns.length > 3 && columns[3].matches("\\d+"))
          .forEach(columns -> PORTS.put(columns[0], Integer.valueOf(columns[3])));
    }
    return requireNonNull(PORTS.get(process), process);
  }

  /** Returns the metrics of every application, as Prometheus would read them. */
  static List<String> metrics() {
    return Stream.concat(Api.SERVICES.stream(), Stream.of("gateway"))
        .map(service -> get("http://127.0.0.1:" + (port(service) + 1_000) + "/actuator/prometheus"))
        .toList();
  }

  private static String get(String url) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(url).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static long pid(String process) {
    try {
      return Long.parseLong(
          Files.readString(HOME.resolve("run/" + process + ".pid")).strip().split("\\s+", -1)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Outcome command(String... arguments) {
    return command(Map.of(), arguments);
  }

  /**
   * @param environment further variables of the command
   */
  static Outcome command(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("./plumbline"));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  /** Runs a command in the platform's folder and waits for its end. */
  public static Outcome run(List<String> command) {
    return run(command, Map.of());
  }

  /** Returns a command on the tests' installation, with standard error merged into its output. */
  static ProcessBuilder process(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().put("PLUMBLINE_INSTALLATION", INSTALLATION);
    // Providers of these tests listen on loopback, where an operator has to allow them.
    builder.environment().put("PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS", "127.0.0.1");
    builder.environment().putAll(environment);
    return builder;
  }

  private static Outcome run(List<String> command, Map<String, String> environment) {
    try {
      Process process = process(command, environment).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
