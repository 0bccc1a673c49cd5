package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.identity.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The routes of all environments, in memory: the request path does not read the database. */
@Component
public class TrafficRouter {

  public static final String DEFAULT_ENVIRONMENT = "production";
  private static final int BUCKETS = 100;
  private static final String ALGORITHM = "HmacSHA256";

  /** The arms of one environment. */
  public record Route(Arm main, @Nullable Canary canary) {

    /** Returns the arm for a key. The key keeps its arm while the canary is the same. */
    Arm chooseArm(String key) {
      return canary != null && canary.draws(key) ? canary.arm : main;
    }

    List<Arm> arms() {
      return canary == null ? List.of(main) : List.of(main, canary.arm);
    }
  }

  /**
   * An arm on trial.
   *
   * @param percent the part of all keys that this arm answers
   * @param key the secret of this release; without it nobody can compute the arm of a caller's key,
   *     and choose keys of one arm
   */
  record Canary(Arm arm, int percent, SecretKeySpec key) {

    Canary(Arm arm, int percent, UUID secret) {
      this(arm, percent, new SecretKeySpec(ResponseIds.bytesOf(secret), ALGORITHM));
    }

    /** Returns whether this arm answers a key, by HMAC-SHA-256 (RFC 2104) of the key. */
    boolean draws(String callersKey) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        byte[] hash = mac.doFinal(callersKey.getBytes(StandardCharsets.UTF_8));
        return Math.floorMod(ByteBuffer.wrap(hash).getInt(), BUCKETS) < percent;
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK has " + ALGORITHM, e);
      }
    }
  }

  private record Serving(
      UUID id,
      String application,
      String environment,
      Digest variant,
      ReleaseState state,
      int percent,
      UUID secret) {}

  private final JdbcClient sql;
  private final VariantCatalog variants;
  private final WorkspaceCache<Map<String, Route>> routes;
  private final WorkspaceCache<Set<String>> stopped;

  TrafficRouter(JdbcClient sql, VariantCatalog variants, WorkspaceCaches caches) {
    this.sql = sql;
    this.variants = variants;
    this.routes = caches.create("routes", Set.of("release"), this::readRoutes);
    this.stopped = caches.create("stopped-releases", Set.of("release"), this::readStopped);
  }

  /**
   * Returns the arm that answers a call.
   *
   * @param name {@code <application>} or {@code <application>@<environment>}
   * @param key the key that keeps a user of a caller on one arm
   */
  public Optional<Arm> findArm(UUID workspace, String name, String key) {
    String target = targetOf(name);
    return routes.find(workspace, cached -> cached.get(target)).map(route -> route.chooseArm(key));
  }

  private static String targetOf(String name) {
    return name.contains("@") ? name : name + "@" + DEFAULT_ENVIRONMENT;
  }

  /**
   * Returns whether nothing serves an application because its release stood on withdrawn data.
   *
   * @param name {@code <application>} or {@code <application>@<environment>}
   */
  public boolean isStopped(UUID workspace, String name) {
    return stopped.get(workspace).contains(targetOf(name));
  }

  private Set<String> readStopped() {
    return sql.sql(
            """
            SELECT DISTINCT r.application || '@' || r.environment AS target
            FROM stopped_release s JOIN release r
              ON r.workspace_id = s.workspace_id AND r.release_id = s.release_id
            WHERE s.workspace_id = ? AND NOT EXISTS (SELECT FROM release a
              WHERE a.workspace_id = r.workspace_id AND a.application = r.application
                AND a.environment = r.environment AND a.state = 'ACTIVE')
            """)
        .param(Caller.current().workspace())
        .query((row, number) -> row.getString("target"))
        .set();
  }

  /** Reloads the routes, so that a caller who has just read a release is served by its state. */
  void reload() {
    routes.reload(Caller.current().workspace());
    stopped.reload(Caller.current().workspace());
  }

  public Collection<String> targetNames(UUID workspace) {
    return routes.get(workspace).keySet();
  }

  List<Arm> arms(UUID workspace) {
    return routes.get(workspace).values().stream().flatMap(route -> route.arms().stream()).toList();
  }

  private Map<String, Route> readRoutes() {
    List<Serving> serving =
        sql.sql(
                """
                SELECT release_id, application, environment, variant_digest, state, canary_percent, arm_secret
                FROM release
                WHERE workspace_id = ? AND state IN ('ACTIVE', 'CANARY')
                """)
            .params(Caller.current().workspace())
            .query((row, index) ->
                new Serving(
                    row.getObject("release_id", UUID.class),
                    row.getString("application"),
                    row.getString("environment"),
                    new Digest(row.getString("variant_digest")),
                    ReleaseState.valueOf(row.getString("state")),
                    row.getInt("canary_percent"),
                    row.getObject("arm_secret", UUID.class)))
            .list();
    Map<String, List<Serving>> byTarget = new HashMap<>();
    serving.forEach(each ->
        byTarget
            .computeIfAbsent(each.application + "@" + each.environment, target -> new ArrayList<>())
            .add(each));
    Map<String, Route> found = new TreeMap<>();
    serving.forEach(each -> variants.load(each.variant));
    byTarget.forEach((target, both) -> toRoute(both).ifPresent(route -> found.put(target, route)));
    return Map.copyOf(found);
  }

  private static Optional<Route> toRoute(List<Serving> both) {
    Optional<Serving> canary =
        both.stream().filter(each -> each.state == ReleaseState.CANARY).findFirst();
    Optional<Serving> active =
        both.stream().filter(each -> each.state == ReleaseState.ACTIVE).findFirst();
    return active.map(main ->
        canary
            .map(trial ->
                new Route(
                    toArm(main, trial.id, "control"),
                    new Canary(toArm(trial, trial.id, "canary"), trial.percent, trial.secret)))
            .orElseGet(() -> new Route(toArm(main, main.id, "active"), null)));
  }

  private static Arm toArm(Serving serving, UUID reportedUnder, String name) {
    return new Arm(reportedUnder, serving.application, serving.environment, serving.variant, name);
  }
}
