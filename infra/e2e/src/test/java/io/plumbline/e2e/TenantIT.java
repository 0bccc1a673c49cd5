package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.ApiUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Checks that the objects of workspace acme look to workspace globex as if they did not exist. */
@ExtendWith(Platform.class)
@Isolated("It asks as often as a caller may, and expects that nothing changes meanwhile.")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TenantIT {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
  private static final Pattern TRACE = Pattern.compile("\"(traceId|instance)\":\"[^\"]*\",?");

  /** Ids that nothing has, by their shapes. */
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "[0-9a-f]{8}-[0-9a-f-]{27}",
          "0190a000-0000-7000-8000-00000000000f",
          "[0-9a-f]{64}",
          "0123456789abcdef".repeat(4),
          "\\d+",
          "987654321",
          "[a-z0-9-]+/m",
          "unknown-provider/m");

  /**
   * The path of a risk. Every workspace begins with risks of the same names, and changes its own.
   */
  private static final String PRESETS = "/api/risks/{name}";

  /**
   * The path of the gate. A pipeline may request it before the events about its objects have
   * arrived.
   */
  private static final String GATE = "/api/gates/{application}";

  /**
   * The usage in an answer. The meter's count of a minute arrives in the next minute, even where
   * there was none.
   */
  private static final Pattern USAGE = Pattern.compile("\"usage\":(\\{[^}]*}|null)");

  private static final ApiUser ADA = Platform.user("ada");
  private static List<Api.Route> routes = List.of();
  private static List<Api.Route> withIds = List.of();
  private static TenantObjects objects;

  /** The people of globex, who together have every role. */
  private final List<ApiUser> globex =
      Stream.of("gus", "gail", "gwen", "gina").map(Platform::user).toList();

  @BeforeAll
  static void make_an_object_for_every_place() {
    routes = Api.routes(ADA);
    withIds = routes.stream().filter(Api.Route::hasParameters).toList();
    objects = new TenantObjects();
  }

  @AfterAll
  static void close() {
    if (objects != null) {
      objects.close();
    }
  }

  @Test
  @Order(1)
  void every_route_with_an_id_has_an_object_that_its_owner_reads() {
    Set<String> missing = new TreeSet<>();
    List<String> unread = new ArrayList<>();
    for (Api.Route route : withIds) {
      for (String place : places(route)) {
        if (objects.value(place).isEmpty()) {
          missing.add(place);
        }
      }
    }
    assertThat(missing).as("places in paths for which TenantObjects makes nothing").isEmpty();
    for (Api.Route route : withIds.stream().filter(Api.Route::reads).toList()) {
      HttpResponse<String> answer = send(route, path(route), ADA);
      if (!isRead(answer)) {
        unread.add(route + ": " + answer.statusCode() + " " + answer.body());
      }
    }
    assertThat(unread).isEmpty();
  }

  /**
   * Returns whether the owner reads an object, or learns, as the owner alone does, why there is
   * nothing to read yet.
   */
  private static boolean isRead(HttpResponse<String> answer) {
    return answer.statusCode() == 200
        || answer.body().contains("/problems/receipt-pending")
        || answer.body().contains("/problems/not-validation")
        || answer.body().contains("/problems/not-questions")
        || answer.body().contains("The index has examples and no passages.");
  }

  @Test
  @Order(3)
  void another_workspaces_ids_are_unknown_to_every_read_and_every_write() {
    Map<String, String> before = settled();
    List<String> differences = new ArrayList<>();
    Map<String, Integer> answers = new TreeMap<>();
    for (Api.Route route : withIds) {
      if (route.path().equals(PRESETS)) {
        continue;
      }
      boolean unknown = false;
      for (ApiUser foreign : globex) {
        HttpResponse<String> real = send(route, path(route), foreign);
        HttpResponse<String> control = send(route, unknownPath(route), foreign);
        answers.merge((route.reads() ? "read " : "write ") + real.statusCode(), 1, Integer::sum);
        if (real.statusCode() != control.statusCode()
            || !plain(route, real).equals(plain(route, control))) {
          differences.add(
              "%s by %s: %d %s but unknown %d %s"
                  .formatted(
                      route,
                      foreign.name(),
                      real.statusCode(),
                      real.body(),
                      control.statusCode(),
                      control.body()));
        }
        unknown |= real.statusCode() == (route.path().equals(GATE) ? 409 : 404);
      }
      if (!unknown) {
        differences.add(route + " answered nobody that there is no such thing");
      }
    }
    System.out.printf(
        "another workspace's ids: %d routes with ids, of which %d read; answers %s; %d differ%n",
        withIds.size(),
        withIds.stream().filter(Api.Route::reads).count(),
        answers,
        differences.size());
    assertThat(differences).isEmpty();
    Map<String, String> after = everything();
    after.entrySet().removeAll(before.entrySet());
    assertThat(after).as("what acme reads otherwise than before").isEmpty();
  }

  /**
   * Checks the lists before globex requests ids, since its own audit then names what it was
   * refused.
   */
  @Test
  @Order(2)
  void no_list_and_no_preset_shows_what_is_another_workspaces() {
    List<String> seen = new ArrayList<>();
    int read = 0;
    for (Api.Route route : routes.stream().filter(Api.Route::reads).toList()) {
      if (!route.hasParameters() || route.path().equals(PRESETS)) {
        String path = route.hasParameters() ? path(route) : route.path();
        for (ApiUser foreign : globex) {
          HttpResponse<String> answer = send(route, path, foreign);
          read++;
          objects.secrets().stream()
              .filter(answer.body()::contains)
              .forEach(secret -> seen.add(route + " shows " + secret + " to " + foreign.name()));
        }
      }
    }
    System.out.printf("another workspace's lists: %d read, %d show something%n", read, seen.size());
    assertThat(seen).isEmpty();
  }

  /**
   * Returns the same as {@link #everything}, once the events about the new objects have arrived
   * everywhere.
   */
  private static Map<String, String> settled() {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofMinutes(2))
        .until(() -> {
          Map<String, String> now = everything();
          return now.equals(last.getAndSet(now));
        });
    return last.get();
  }

  /** Returns acme's objects, by route. */
  private static Map<String, String> everything() {
    Map<String, String> everything = new TreeMap<>();
    withIds.stream()
        .filter(Api.Route::reads)
        // A proof is for the tree as it is, which grows, and a receipt comes with a report of
        // usage.
        .filter(route -> !route.path().endsWith("/proof") && !route.path().endsWith("/receipt"))
        .forEach(route -> {
          String body = send(route, path(route), ADA).body();
          String usage = USAGE.matcher(body).replaceAll("");
          everything.put(route.path(), TRACE.matcher(usage).replaceAll(""));
        });
    return everything;
  }

  private static HttpResponse<String> send(Api.Route route, String path, ApiUser user) {
    return Api.send(route, path + objects.query(route.path()), user.token());
  }

  /** Returns the route up to each of its parameters. */
  private static List<String> places(Api.Route route) {
    return PARAMETER
        .matcher(route.path())
        .results()
        .map(found -> route.path().substring(0, found.end()))
        .toList();
  }

  private static String path(Api.Route route) {
    String path = route.path();
    for (String place : places(route)) {
      path = PARAMETER.matcher(path).replaceFirst(Matcher.quoteReplacement(objects.value(place)));
    }
    return path;
  }

  /** Returns the same path, but of a thing that nobody has. */
  private static String unknownPath(Api.Route route) {
    String place = places(route).getFirst();
    String prefix = place.substring(0, place.indexOf('{'));
    return prefix
        + unknown(objects.value(place))
        + path(route).substring(prefix.length() + objects.value(place).length());
  }

  /** Returns an id of the same shape that nothing has, so that only being unknown can refuse it. */
  private static String unknown(String value) {
    return UNKNOWN.entrySet().stream()
        .filter(shape -> value.matches(shape.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("unknown-thing");
  }

  /** Returns an answer without the parts that differ because the requests do. */
  private static String plain(Api.Route route, HttpResponse<String> answer) {
    String real = objects.value(places(route).getFirst());
    String plain = TRACE.matcher(answer.body()).replaceAll("");
    // The unknown id first: it may contain the real one, if that is a single digit.
    for (String named : List.of(unknown(real), real)) {
      // An answer about a model may name its provider as well.
      plain = plain.replace(named, "…").replace(named.split("/", -1)[0], "…");
    }
    return plain;
  }
}
