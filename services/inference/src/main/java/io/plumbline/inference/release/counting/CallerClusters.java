package io.plumbline.inference.release.counting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.platform.identity.CallerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the answers of a release to clusters, none of which decides a canary by itself. A caller
 * belongs to one cluster, whatever users it names. Where one caller has more than half of the
 * answers, its users are divided among the clusters instead, or its requests where they name no
 * user: the traffic is its own, and there would be nothing to compare otherwise.
 *
 * <p>Users of one caller are bounded, because users who are always on one arm do not answer
 * independently and because a caller can invent them: a user counts with a few answers, and users
 * who come faster than a rate do not count. The counts are those of this process, so that each
 * replica adds its own share.
 */
public final class CallerClusters {

  /** The maximum number of answers that count for one user of a caller. */
  static final int ANSWERS_OF_A_USER = 20;

  /** The maximum number of new users of one caller that count within a minute. */
  static final int NEW_USERS = 600;

  /** The maximum number of callers of a release whose share of the answers is known. */
  static final int CALLERS = 1_000;

  /** The maximum number of users whose answers are counted, over all releases. */
  static final int USERS = 100_000;

  /** The number of answers of a release from which its main caller is determined. */
  private static final int KNOWN_AFTER = 10;

  private static final Duration RATE_WINDOW = Duration.ofMinutes(1);

  /**
   * An answer to be counted.
   *
   * @param userHash the keyed hash of the user whom the caller named; absent for none
   */
  public record Answer(CallerId caller, @Nullable String userHash, UUID request) {}

  private record User(UUID release, CallerId caller, String userHash) {}

  /** The answers of a release by caller. */
  private static final class Shares {

    private final Map<CallerId, Long> byCaller = new HashMap<>();
    private long total;

    synchronized void add(CallerId caller) {
      total++;
      if (byCaller.size() < CALLERS || byCaller.containsKey(caller)) {
        byCaller.merge(caller, 1L, Long::sum);
      }
    }

    synchronized boolean isMain(CallerId caller) {
      return total >= KNOWN_AFTER && 2 * byCaller.getOrDefault(caller, 0L) > total;
    }
  }

  private final Cache<UUID, Shares> shares = Caffeine.newBuilder().maximumSize(CALLERS).build();
  private final Cache<User, AtomicInteger> users = Caffeine.newBuilder().maximumSize(USERS).build();
  private final Cache<CallerId, AtomicInteger> newUsers;

  public CallerClusters(Clock clock) {
    this.newUsers =
        Caffeine.newBuilder()
            .maximumSize(CALLERS)
            .expireAfterWrite(RATE_WINDOW)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  /** Counts an answer, and returns its cluster; empty when it is beyond a bound. */
  public OptionalInt clusterOfAnswer(UUID release, Answer answer) {
    Shares all = shares.get(release, any -> new Shares());
    all.add(answer.caller);
    String user = answer.userHash;
    if (user != null && !isWithinBounds(new User(release, answer.caller, user))) {
      return OptionalInt.empty();
    }
    if (!all.isMain(answer.caller)) {
      return OptionalInt.of(cluster(answer.caller.actor()));
    }
    return OptionalInt.of(cluster(user == null ? answer.request.toString() : user));
  }

  /**
   * Returns the cluster of a judgement: that of the caller who judges. The judgements of an API key
   * that has most of the answers are divided by response, since its users judge through it; those
   * of a person never are.
   */
  public int clusterOfJudgement(UUID release, CallerId judge, boolean key, String responseId) {
    Shares all = shares.getIfPresent(release);
    return cluster(key && all != null && all.isMain(judge) ? responseId : judge.actor());
  }

  private boolean isWithinBounds(User user) {
    AtomicInteger answers = users.getIfPresent(user);
    if (answers == null) {
      if (newUsers.get(user.caller, any -> new AtomicInteger()).incrementAndGet() > NEW_USERS) {
        return false;
      }
      answers = users.get(user, any -> new AtomicInteger());
    }
    return answers.incrementAndGet() <= ANSWERS_OF_A_USER;
  }

  private static int cluster(String name) {
    byte[] hash = Digest.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return Math.floorMod(ByteBuffer.wrap(hash).getInt(), ArmReported.CLUSTERS);
  }
}
