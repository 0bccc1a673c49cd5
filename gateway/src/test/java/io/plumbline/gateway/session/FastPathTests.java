package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.plumbline.gateway.GatewayApplication;
import io.plumbline.gateway.Realm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.server.WebFilter;

/**
 * Two gateways before one service, one with the fast path and one without: whatever a test sends,
 * both answer the same bytes and pass the same on.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FastPathTests {

  private static final int BURST = 500;
  private static final String QUESTION = "{\"model\":\"app/x\",\"messages\":[]}";
  private static final Realm REALM = new Realm();
  private static final String TOKEN = REALM.token("plumbline", later());
  private static final String KEY = "plk_valid";

  /** Half of the time for which a token is cached without being checked again. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private static Instant checked = Instant.MIN;
  private static RawService service;
  private static ConfigurableApplicationContext usual;
  private static ConfigurableApplicationContext fast;

  /**
   * A request that is sent to both gateways.
   *
   * @param isFast whether it takes the fast path in the gateway that has one
   */
  record Case(String name, boolean isFast, String request) {

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    REALM.reset();
    service = new RawService();
    usual = gateway(false);
    fast = gateway(true);
  }

  @AfterAll
  static void stop() throws IOException {
    fast.close();
    usual.close();
    service.close();
  }

  @BeforeEach
  void makeTheTokenKnown() throws IOException {
    if (checked.isBefore(Instant.now().minus(FRESH))) {
      checked = Instant.now();
      for (ConfigurableApplicationContext gateway : List.of(usual, fast)) {
        assertThat(send(gateway, get("/v1/models", bearer(TOKEN))).first()).contains(" 200 ");
      }
    }
    service.received();
  }

  static Stream<Case> cases() {
    return Stream.of(bearers(), paths(), methods(), headers(), bodies(), answers())
        .flatMap(List::stream);
  }

  private static List<Case> bearers() {
    String unsigned = base64("{\"alg\":\"none\"}") + "." + TOKEN.split("\\.", 3)[1] + ".";
    char middle = TOKEN.charAt(TOKEN.length() / 2);
    String tampered =
        TOKEN.substring(0, TOKEN.length() / 2)
            + (middle == 'A' ? 'B' : 'A')
            + TOKEN.substring(TOKEN.length() / 2 + 1);
    List<Case> cases = new ArrayList<>();
    for (String path : List.of("/v1/models", "/v1/chat/completions")) {
      cases.addAll(
          List.of(
              new Case("a valid token", true, get(path, bearer(TOKEN))),
              new Case("in small letters", true, get(path, "authorization: bearer " + TOKEN)),
              new Case("with spaces", true, get(path, "Authorization: Bearer   " + TOKEN + " ")),
              new Case("no bearer", false, get(path)),
              new Case("an empty bearer", false, get(path, "Authorization: Bearer ")),
              new Case("no scheme", false, get(path, "Authorization: " + TOKEN)),
              new Case("Basic", false, get(path, "Authorization: Basic YWRhOmFkYQ==")),
              new Case(
                  "expired",
                  false,
                  get(path, bearer(REALM.token("plumbline", Instant.now().minusSeconds(600))))),
              new Case("for others", false, get(path, bearer(REALM.token("other", later())))),
              new Case("of others", false, get(path, bearer(REALM.foreignToken(later())))),
              new Case("tampered", false, get(path, bearer(tampered))),
              new Case("shortened", false, get(path, bearer(TOKEN.substring(0, 300)))),
              new Case("longer", false, get(path, bearer(TOKEN + "A"))),
              new Case("unsigned", false, get(path, bearer(unsigned))),
              new Case("no token", false, get(path, bearer("x.y.z"))),
              new Case("an API key", true, get(path, bearer(KEY))),
              new Case("a key in capitals", true, get(path, bearer("PLK_VALID"))),
              new Case("the start of a key", true, get(path, bearer("plk_"))),
              new Case("almost a key", false, get(path, bearer("plk"))),
              new Case("two tokens", false, get(path, bearer(TOKEN), bearer(TOKEN))),
              new Case("a token and a key", false, get(path, bearer(TOKEN), bearer(KEY))),
              new Case("a key and a bad token", false, get(path, bearer(KEY), bearer("x.y.z"))),
              new Case("token in query", false, get(path + "?access_token=" + TOKEN)),
              new Case("a cookie as well", false, get(path, bearer(TOKEN), "Cookie: plumbline=x")),
              new Case("a cookie", false, get(path, "Cookie: plumbline-session=x"))));
    }
    return cases;
  }

  private static List<Case> paths() {
    List<Case> cases = new ArrayList<>();
    for (String bearer : List.of(bearer(TOKEN), bearer(KEY), bearer("x.y.z"))) {
      for (String path :
          List.of(
              "/v1/models",
              "/v1/models/",
              "/v1/models/app.1/x_y-z~",
              "/v1/unknown",
              "/v1/models?limit=1&after=a-b",
              "/v1/a..b")) {
        cases.add(new Case(path, !bearer.contains("x.y.z"), get(path, bearer)));
      }
      for (String path :
          List.of(
              "/v1",
              "/v1/models/app%2Fx",
              "/v1/models/app%2fx/../y",
              "/v1/models?name=a%20b",
              "/v1/models?name=%00",
              "/v1/models?a%0d=b",
              "/v1/models?a=<b>",
              "/v1/models?a=b;c",
              "/v1/models#x",
              "//v1/models",
              "/v1//models",
              "/v1/models//",
              "/v1/./models",
              "/v1/.",
              "/v1/..",
              "/v1/../api/prompts",
              "/v1/%2e%2e/api/prompts",
              "/v1/..%2fapi/prompts",
              "/v1/..;/api/prompts",
              "/v1/models;a=b",
              "/v1/models%3ba=b",
              "/v1/models%00",
              "/v1/models%0d%0aX:y",
              "/v1/models%25",
              "/v1/models%5c..",
              "/v1/models\\..",
              "/v1/m\u00f6dels",
              "/v1/m%c3%b6dels",
              "/v1/%zz",
              "/v1/mod\u0001els",
              "/V1/models",
              "/%761/models",
              "/v2/models",
              "/api/v1/models",
              "/api/prompts",
              "http://elsewhere.test/v1//models",
              "*")) {
        cases.add(new Case(path, false, get(path, bearer)));
      }
      for (String path : List.of("http://elsewhere.test/v1/models", "v1/models")) {
        cases.add(new Case(path, !bearer.contains("x.y.z"), get(path, bearer)));
      }
    }
    return cases;
  }

  private static List<Case> methods() {
    List<Case> cases = new ArrayList<>();
    for (String bearer : List.of(bearer(TOKEN), bearer(KEY))) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        cases.add(new Case(method, true, request(method, "/v1/models", "", bearer)));
      }
      for (String method :
          List.of("PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "BREW", "G\u0001T")) {
        cases.add(new Case(method, false, request(method, "/v1/models", "", bearer)));
      }
      cases.add(
          new Case(
              "preflight",
              false,
              request(
                  "OPTIONS",
                  "/v1/models",
                  "",
                  bearer,
                  "Origin: https://x.test",
                  "Access-Control-Request-Method: POST")));
    }
    return cases;
  }

  private static List<Case> headers() {
    List<Case> cases = new ArrayList<>();
    for (String bearer : List.of(bearer(TOKEN), bearer(KEY))) {
      for (String header :
          List.of(
              "Plumbline-Statement: v1.1.2.3.4.5",
              "PLUMBLINE-ON-BEHALF-OF: root",
              "x-plumbline: 1",
              "x-plumbline-without: retrieval",
              "Forwarded: for=10.0.0.1",
              "X-Forwarded-For: 10.0.0.1, 10.0.0.2",
              "X-Forwarded-Host: elsewhere.test",
              "X-Forwarded-Proto: https",
              "X-Forwarded-Prefix: /api",
              "X-Forwarded-Port: 1",
              "X-Original-URL: /api/prompts",
              "X-Rewrite-URL: /api/prompts",
              "X-HTTP-Method-Override: DELETE",
              "Connection: authorization",
              "Connection: keep-alive, plumbline-workspace",
              "Connection: close",
              "Keep-Alive: timeout=5",
              "TE: trailers",
              "Trailer: X-T",
              "Proxy-Authorization: Basic x",
              "Proxy-Authenticate: Basic",
              "X-Application-Context: x",
              "Accept: text/event-stream",
              "Accept: text/html",
              "Accept-Encoding: gzip, br",
              "User-Agent: OpenAI/Python 2.1.0",
              "OpenAI-Organization: org",
              "Idempotency-Key: 1",
              "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
              "baggage: a=b",
              "If-None-Match: \"x\"",
              "Range: bytes=0-1",
              "X-Empty:",
              "X-Tab: a\tb",
              "X-Two: 1\r\nX-Two: 2",
              "X-Fold: a\r\n b",
              "Host: second.test",
              "X-Latin: \u00e4",
              "Expect: nothing",
              "Max-Forwards: 0",
              "Via: 1.1 x",
              "X-Large: " + "x".repeat(9_000))) {
        cases.add(new Case(header, true, get("/v1/models", bearer, header)));
      }
      for (String header :
          List.of(
              "Cookie: plumbline-session=x; other=y",
              "Origin: https://elsewhere.test",
              "Origin: http://127.0.0.1:8080",
              "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk",
              "X-Control: a\u0001b",
              "X-Delete: a\u007fb",
              "X-C1: a\u0085b",
              "X Space: a",
              "X-\u0001: a",
              ": a",
              "Content-Length: 3\r\nTransfer-Encoding: chunked",
              "Content-Length: -1",
              "Content-Length: 1\r\nContent-Length: 2",
              "X-Oversized: " + "x".repeat(20_000))) {
        cases.add(new Case(header, false, get("/v1/models", bearer, header)));
      }
    }
    return cases;
  }

  private static List<Case> bodies() {
    String large = "x".repeat(300_000);
    List<Case> cases = new ArrayList<>();
    for (String bearer : List.of(bearer(TOKEN), bearer(KEY))) {
      String path = "/v1/chat/completions";
      cases.addAll(
          List.of(
              new Case("a question", true, request("POST", path, QUESTION, bearer)),
              new Case("a large one", true, request("POST", path, large, bearer)),
              new Case("with GET", true, request("GET", path, QUESTION, bearer)),
              new Case("chunked", true, chunked(path, bearer)),
              new Case(
                  "asked for",
                  true,
                  request("POST", path, QUESTION, bearer, "Expect: 100-continue"))));
    }
    return cases;
  }

  private static List<Case> answers() {
    List<Case> cases = new ArrayList<>();
    for (String bearer : List.of(bearer(TOKEN), bearer(KEY))) {
      for (String path :
          List.of(
              "missing",
              "failing",
              "busy",
              "refused",
              "moved",
              "nothing",
              "strange",
              "silent",
              "broken",
              "broken-stream",
              "stream",
              "slow")) {
        cases.add(new Case(path, true, get("/v1/" + path, bearer)));
        cases.add(new Case(path, true, request("POST", "/v1/" + path, QUESTION, bearer)));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void what_is_answered_and_passed_on_is_the_same_on_both_paths(Case each) throws Exception {
    double before = taken();
    RawMessage expected = send(usual, each.request());
    List<String> passedOn = service.received();
    assertThat(taken()).isEqualTo(before);

    RawMessage answer = send(fast, each.request());

    assertThat(whatArrives(answer)).as(each.name()).isEqualTo(whatArrives(expected));
    assertThat(service.received()).as(each.name()).isEqualTo(passedOn);
    assertThat(taken() - before)
        .as(each.name() + " on the fast path")
        .isEqualTo(each.isFast() ? 1 : 0);
  }

  /** Leaves out a body that was cut off: what of it arrives depends on which side is quicker. */
  private static RawMessage whatArrives(RawMessage answer) {
    return answer.whole() ? answer : new RawMessage(answer.first(), answer.headers(), "", false);
  }

  @Test
  void a_client_that_leaves_a_stream_ends_it_at_the_service() throws Exception {
    for (ConfigurableApplicationContext gateway : List.of(usual, fast)) {
      for (String bearer : List.of(bearer(TOKEN), bearer(KEY))) {
        try (Socket client = connected(gateway)) {
          client.getOutputStream().write(bytes(get("/v1/endless", bearer)));
          assertThat(client.getInputStream().readNBytes(100)).hasSize(100);
        }
        assertThat(service.next()).startsWith("RawMessage[first=GET /v1/endless ");
        assertThat(service.next()).isEqualTo("broken off");
      }
    }
  }

  @Test
  void a_request_that_breaks_off_does_so_at_the_service() throws Exception {
    for (ConfigurableApplicationContext gateway : List.of(usual, fast)) {
      for (String bearer : List.of(bearer(TOKEN), bearer(KEY))) {
        String whole = request("POST", "/v1/chat/completions", "x".repeat(200_000), bearer);
        try (Socket client = connected(gateway)) {
          client.getOutputStream().write(bytes(whole.substring(0, 100_000)));
          client.getOutputStream().flush();
          Thread.sleep(200);
        }
        assertThat(service.next()).isEqualTo("broken off");
      }
    }
  }

  /** A new filter behind the fast path would miss the requests that take it. */
  @Test
  void every_other_filter_of_requests_is_known() {
    assertThat(fast.getBeanProvider(WebFilter.class).orderedStream())
        .extracting(filter -> filter.getClass().getSimpleName())
        .containsExactly(
            "ShutdownNotice",
            "ManagementRequests",
            "FastPath",
            "SignInLimit",
            "WebFilterChainProxy",
            "WeightCalculatorWebFilter",
            "PageLimit");
  }

  @Test
  @Order(Integer.MAX_VALUE - 2)
  void requests_are_measured_alike() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(measured(fast)).isEqualTo(measured(usual)));
  }

  /** This test runs after the measurements are compared, which it would disturb. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void who_sends_too_much_is_refused_alike() throws Exception {
    String request = get("/v1/models", bearer("plk_flood"));
    List<RawMessage> refused = new ArrayList<>();
    for (ConfigurableApplicationContext gateway : List.of(usual, fast)) {
      RawMessage answer = send(gateway, request);
      int passed = 0;
      while (answer.first().contains(" 200 ")) {
        passed++;
        answer = send(gateway, request);
      }
      assertThat(passed).isBetween(BURST, BURST + 100);
      refused.add(answer);
    }

    assertThat(refused.getLast()).isEqualTo(refused.getFirst());
    assertThat(refused.getLast().first()).contains(" 429 ");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void a_service_that_cannot_be_reached_is_the_same_503() throws Exception {
    service.close();
    double before = taken();

    RawMessage answer = send(fast, get("/v1/models", bearer(KEY)));

    assertThat(taken() - before).isEqualTo(1);
    assertThat(answer).isEqualTo(send(usual, get("/v1/models", bearer(KEY))));
    assertThat(answer.first()).isEqualTo("HTTP/1.1 503 Service Unavailable");
    assertThat(answer.body()).contains("\"code\":\"unavailable\"");
  }

  private static Map<List<Tag>, Long> measured(ConfigurableApplicationContext gateway) {
    Map<List<Tag>, Long> counts = new HashMap<>();
    gateway
        .getBean(MeterRegistry.class)
        .find("http.server.requests")
        .timers()
        .forEach(timer -> counts.merge(ended(timer.getId().getTags()), timer.count(), Long::sum));
    return counts;
  }

  /**
   * Counts a client that leaves with the last byte of an answer as successful: whether it is taken
   * for gone depends on which is quicker.
   */
  private static List<Tag> ended(List<Tag> tags) {
    return tags.containsAll(
            List.of(Tag.of("error", "none"), Tag.of("status", "200"), Tag.of("outcome", "UNKNOWN")))
        ? tags.stream()
            .map(tag -> tag.getKey().equals("outcome") ? Tag.of("outcome", "SUCCESS") : tag)
            .toList()
        : tags;
  }

  private static double taken() {
    return fast.getBean(MeterRegistry.class).counter("plumbline.gateway.fast-path").count();
  }

  private static ConfigurableApplicationContext gateway(boolean isFast) {
    Map<String, Object> settings = new TreeMap<>();
    REALM.settings((name, value) -> settings.put(name, value.get()));
    settings.put("plumbline.services.inference.url", service.address());
    settings.put("plumbline.gateway.fast-path", isFast);
    settings.put("plumbline.gateway.burst", BURST);
    settings.put("plumbline.gateway.requests-per-second", 1);
    settings.put("plumbline.gateway.api-keys.burst", 10_000);
    settings.put("server.port", 0);
    settings.put("management.server.port", 0);
    return new SpringApplicationBuilder(GatewayApplication.class)
        .run(
            settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
  }

  private static RawMessage send(ConfigurableApplicationContext gateway, String request)
      throws IOException {
    try (Socket client = connected(gateway)) {
      client.getOutputStream().write(bytes(request));
      RawMessage answer = RawMessage.read(client.getInputStream());
      return answer.first().contains(" 100 ") ? RawMessage.read(client.getInputStream()) : answer;
    }
  }

  private static Socket connected(ConfigurableApplicationContext gateway) throws IOException {
    int port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.setSoTimeout(20_000);
    return client;
  }

  private static Instant later() {
    return Instant.now().plusSeconds(600);
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private static String get(String path, String... headers) {
    return request("GET", path, "", headers);
  }

  private static String request(String method, String path, String body, String... headers) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    return head(method, path, headers) + length + "\r\n" + body;
  }

  private static String chunked(String path, String... headers) {
    return head("POST", path, headers)
        + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n";
  }

  private static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: gateway\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
