package io.plumbline.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.driver.ApplicationDriver;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/**
 * Runs several replicas of every application and sends each request to the next one. In the short
 * form they are two, and neither the demo nor canaries run.
 */
@ExtendWith(Platform.class)
@Isolated("It starts the platform anew.")
class ReplicasIT {

  private static final int REPLICAS = RunLength.isFull() ? 3 : 2;

  /** The memory that further processes of every application need, in MB. */
  private static final long MEMORY = 3_000L * (REPLICAS - 1);

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration EVERYWHERE = Duration.ofSeconds(5);

  /** The first number of people whose requests are not counted. */
  private static final int STRANGERS = 100_000;

  private final List<ApiUser> gateways =
      gatewayNames().stream().map(each -> userAt(each, "ada")).toList();

  /** Returns the people who judge: one person's feedback alone halts no canary. */
  private List<ApiUser> judges() {
    return List.of(
        userAt("gateway", "ada"), userAt("gateway-2", "ben"), userAt("gateway-3", "cleo"));
  }

  private static List<String> gatewayNames() {
    return Stream.of("gateway", "gateway-2", "gateway-3").limit(REPLICAS).toList();
  }

  @BeforeAll
  static void run_several_of_each() throws IOException {
    assumeTrue(
        Stream.of(requireNonNull(System.getenv("PATH")).split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "redis-server"))),
        "redis-server is not installed (Debian: apt-get install redis-server)");
    long available = availableMegabytes();
    assumeTrue(
        available >= MEMORY,
        "%d MB of memory are available, and %d more processes need %d"
            .formatted(available, REPLICAS - 1, MEMORY));
    run(REPLICAS);
    assertThat(Platform.command("status").output())
        .contains("inference-" + REPLICAS, "gateway-" + REPLICAS, "redis")
        .doesNotContain("not ready", "died", "stopped");
  }

  @AfterAll
  static void run_one_of_each() {
    run(1);
  }

  private static long availableMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
        .findFirst()
        .orElse(0);
  }

  private static void onlyInFull() {
    assumeTrue(RunLength.isFull(), "runs by ./plumbline test --long");
  }

  /** Starts this number of replicas, unless as many run. */
  private static void run(int replicas) {
    Platform.Outcome up = up(replicas);
    if (up.exit() != 0) {
      Platform.command("down");
      up = up(replicas);
    }
    assertThat(up.exit()).as(up.output()).isZero();
  }

  private static Platform.Outcome up(int replicas) {
    return Platform.command("up", "--replicas", Integer.toString(replicas));
  }

  @Test
  void the_demo_passes_every_step() {
    onlyInFull();
    Platform.Outcome demo = Platform.command("demo");
    System.out.println(demo.output());

    assertThat(demo.exit()).as(demo.output()).isZero();
  }

  /**
   * Checks that each replica counts the answers and feedback that reach it, and that the counts are
   * added up.
   */
  @Test
  void a_canary_is_halted_by_the_counts_of_all_replicas_and_feedback_joins_at_any() {
    onlyInFull();
    String name = Platform.uniqueName("replicas");
    try (ScriptedProvider good = new ScriptedProvider();
        ScriptedProvider bad = new ScriptedProvider()) {
      good.connect(name + "-good");
      bad.connect(name + "-bad");
      GovernedApplication application = GovernedApplication.create(name);
      String serving = application.variant(name + "-good/m", 1);
      application.release(serving, application.pass(serving), 0, "ACTIVE");
      String candidate = application.variant(name + "-bad/m", 1);
      String passed = application.pass(candidate);
      String canary = application.release(candidate, passed, 50, "CANARY");
      awaitBothArms(application);
      long candidateBefore = bad.calls();
      long controlBefore = good.calls();

      bad.answerRightly(false);
      int sent = 0;
      while (sent < 600 && state(canary).equals("CANARY")) {
        for (int i = 0; i < 30; i++) {
          askAndJudge(application, sent++);
        }
      }
      JsonNode release = application.awaitRelease(canary, "HALTED");
      long candidateCalls = bad.calls() - candidateBefore;
      long controlCalls = good.calls() - controlBefore;
      JsonNode guard = ended(canary);

      System.out.printf(
          "canary over %d replicas: %d requests, at the candidate %d, at the control %d; the guard"
              + " counted %s and %s; %s%n",
          REPLICAS,
          sent,
          candidateCalls,
          controlCalls,
          guard.at("/candidateRequests"),
          guard.at("/controlRequests"),
          release.at("/reason").asString());
      assertThat(release.at("/reason").asString()).contains("canary analysis failed");
      // Answers after the last report before the halt are not counted, and none is counted twice.
      assertThat(guard.at("/candidateRequests").asLong())
          .isPositive()
          .isLessThanOrEqualTo(candidateCalls + candidateBefore);
      assertThat(guard.at("/controlRequests").asLong())
          .isPositive()
          .isLessThanOrEqualTo(controlCalls + controlBefore);
    }
  }

  @Test
  void counts_of_a_canary_that_nobody_halts_are_exact() {
    onlyInFull();
    String name = Platform.uniqueName("counted");
    try (ScriptedProvider provider = new ScriptedProvider()) {
      provider.connect(name);
      GovernedApplication application = GovernedApplication.create(name);
      String serving = application.variant(name + "/m", 1);
      application.release(serving, application.pass(serving), 0, "ACTIVE");
      String candidate = application.variant(name + "/m", 2);
      String canary = application.release(candidate, application.pass(candidate), 50, "CANARY");
      awaitBothArms(application);
      JsonNode before = counted(canary, 0);
      long known = requests(before);
      int sent = 90;
      IntStream.range(0, sent).forEach(number -> askAndJudge(application, number));

      JsonNode after = counted(canary, known + sent);
      System.out.printf("sent %d, counted %d%n", sent, requests(after) - known);
      assertThat(requests(after) - known).isEqualTo(sent);
    }
  }

  @Test
  void no_session_is_lost_when_its_gateway_is_killed() {
    Browser ada = new Browser();
    String first = Platform.address("gateway");
    ada.signIn("ada", requireNonNull(Platform.access().people().get("ada")));
    assertThat(ada.get(first + "/session").body()).contains("\"username\":\"ada\"");

    Platform.signal("gateway", "KILL");

    for (String other : gatewayNames().subList(1, REPLICAS)) {
      HttpResponse<String> session = ada.getAtPort(Platform.address(other) + "/session");
      assertThat(session.statusCode()).as(other).isEqualTo(200);
      assertThat(session.body()).as(other).contains("\"username\":\"ada\"");
    }
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(ada.get(first + "/session").statusCode()).isEqualTo(200));
    System.out.println("a session outlived its gateway, and was good at the others meanwhile");
  }

  @Test
  void a_replica_that_dies_is_passed_over() {
    String name = Platform.uniqueName("passed-over");
    gateways.getFirst().post("/api/prompts", Map.of("name", name)).expect(201);
    Platform.signal("prompt-registry-2", "KILL");

    Map<Integer, Integer> answers = new TreeMap<>();
    IntStream.range(0, 60)
        .map(number -> gateway(number).get("/api/prompts/" + name).status())
        .forEach(status -> answers.merge(status, 1, Integer::sum));

    System.out.println("requests while one of " + REPLICAS + " replicas is down: " + answers);
    assertThat(answers).containsOnlyKeys(200);
  }

  /** Checks that every replica reads a write as soon as it is acknowledged. */
  @Test
  void what_was_written_at_one_replica_is_read_at_every_other() {
    String prefix = Platform.uniqueName("read");
    int stale = 0;
    for (int i = 0; i < 20; i++) {
      String name = prefix + "-" + i;
      gateway(i).post("/api/prompts", Map.of("name", name)).expect(201);
      gateway(i)
          .post("/api/prompts/" + name + "/versions", ResourceKind.PROMPT_VERSION.body(name))
          .expect(201);
      for (int asked = 0; asked < 2 * REPLICAS; asked++) {
        stale += gateway(asked).get("/api/prompts/" + name + "/versions/1").status() == 200 ? 0 : 1;
      }
    }
    System.out.println("own writes not read at another replica: " + stale);
    assertThat(stale).isZero();
  }

  @Test
  void a_trace_is_found_at_every_replica() {
    String name = Platform.uniqueName("traced");
    try (ScriptedProvider provider =
        new ScriptedProvider(request -> ScriptedProvider.says("Yes."))) {
      provider.connect(name);
      for (int asked = 0; asked < REPLICAS; asked++) {
        String trace =
            ApplicationDriver.ask(gateway(asked), name + "/m", "Hello")
                .expect(200)
                .header("x-plumbline-trace");
        for (int read = 0; read < 2 * REPLICAS; read++) {
          gateway(read).await("the trace", EVERYWHERE, "/api/traces/" + trace, any -> true);
        }
      }
    }
  }

  @Test
  void a_key_that_is_revoked_opens_nothing_at_any_replica_within_a_second() {
    ApiUser sam = userAt("gateway", "sam");
    ApiResponse created =
        Platform.createKey(
            Platform.uniqueName("revoked"), "models", List.of("local/bge-small-en-v1.5"));
    String key = created.text("/key");
    List<Integer> before = statuses(key);
    sam.post(
            "/api/api-keys/" + created.text("/apiKey/apiKeyId") + "/revoke",
            Map.of("reason", "A test is over"))
        .expect(200);
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

    assertThat(before).containsOnly(200);
    assertThat(statuses(key)).containsOnly(401);
  }

  /**
   * Returns the statuses of reads with a key, as many as there are pairs of a gateway and a
   * replica, and more.
   */
  private static List<Integer> statuses(String key) {
    HttpClient http = HttpClient.newHttpClient();
    return gatewayNames().stream()
        .flatMap(gateway -> Stream.generate(() -> gateway).limit(2L * REPLICAS))
        .map(gateway ->
            HttpRequest.newBuilder(URI.create(Platform.address(gateway) + "/v1/models"))
                .header("Authorization", "Bearer " + key)
                .build())
        .map(request -> http.sendAsync(request, BodyHandlers.discarding()).join().statusCode())
        .toList();
  }

  /** Waits for both arms: each replica learns of a release by itself, within two seconds. */
  private void awaitBothArms(GovernedApplication application) {
    await()
        .atMost(SOON)
        .until(() ->
            IntStream.range(STRANGERS, STRANGERS + 6 * REPLICAS)
                    .mapToObj(number -> ask(application, number))
                    .map(apiResponse -> apiResponse.header("x-plumbline-variant"))
                    .distinct()
                    .count()
                > 1);
    await().during(EVERYWHERE).atMost(SOON).until(() -> true);
  }

  private void askAndJudge(GovernedApplication application, int number) {
    ApiResponse apiResponse = ask(application, number).expect(200);
    boolean correct = apiResponse.text("/choices/0/message/content").contains("billing");
    // The feedback goes to another replica than the one that answered.
    ApplicationDriver.giveFeedback(
        judges().get((number + 1) % judges().size()), apiResponse, correct);
  }

  private ApiResponse ask(GovernedApplication application, int number) {
    return application.askAs(gateway(number), number);
  }

  private String state(String release) {
    return gateways.getFirst().get("/api/releases/" + release).expect(200).text("/state");
  }

  /** Returns the guard once it has counted at least this many requests for twelve seconds. */
  private JsonNode counted(String release, long requests) {
    return await()
        .during(Duration.ofSeconds(12))
        .atMost(SOON)
        .until(
            () -> gateways.getFirst().get("/api/guards/" + release).expect(200).json(),
            guard -> requests(guard) >= requests);
  }

  private JsonNode ended(String release) {
    return gateways
        .getFirst()
        .await(
            "the end of the guard",
            SOON,
            "/api/guards/" + release,
            guard -> !guard.at("/state").asString().equals("RUNNING"));
  }

  private static long requests(JsonNode guard) {
    return guard.at("/candidateRequests").asLong() + guard.at("/controlRequests").asLong();
  }

  private ApiUser gateway(int number) {
    return gateways.get(Math.floorMod(number, gateways.size()));
  }

  private static ApiUser userAt(String gateway, String name) {
    Access access = Platform.access();
    return new ApiUser(
        new Access(
            Platform.address(gateway), access.tokenUri(), access.clientId(), access.people()),
        name);
  }
}
