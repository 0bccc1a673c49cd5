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
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the answers of a release to clusters, none of which decides a canary by itself. A caller
 * belongs to one cluster, whatever users it names and however much of the traffic it has. Only the
 * users of an API key that is trusted to name them belong to clusters of their own. The cluster is
 * computed from the name alone, so that it is the same at every replica.
 *
 * <p>Users of one caller are bounded, because users who are always on one arm do not answer
 * independently: a user counts with a few answers, and users who come faster than a rate do not
 * count. The counts are those of this process, so that each replica adds its own share.
 */
public final class CallerClusters {

  /** The maximum number of answers that count for one user of a caller. */
  static final int ANSWERS_OF_A_USER = 20;

  /** The maximum number of new users of one caller that count within a minute. */
  static final int NEW_USERS = 600;

  /** The maximum number of callers whose rate of new users is known. */
  static final int CALLERS = 1_000;

  /** The maximum number of users whose answers are counted, over all releases. */
  static final int USERS = 100_000;

  private static final Duration RATE_WINDOW = Duration.ofMinutes(1);

  private record User(UUID release, CallerId caller, String userHash) {}

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

  /**
   * Counts an answer, and returns its cluster; empty when it is beyond a bound.
   *
   * @param userHash the keyed hash of the user whom a trusted caller named; absent for any other
   */
  public OptionalInt clusterOfAnswer(UUID release, CallerId caller, @Nullable String userHash) {
    if (userHash == null) {
      return OptionalInt.of(cluster(caller.actor()));
    }
    if (!isWithinBounds(new User(release, caller, userHash))) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(cluster(userHash));
  }

  /**
   * Returns the cluster of a judgement: that of the caller who judges. The judgements of a caller
   * who is trusted to name its users are divided by response, since its users judge through it.
   */
  public static int clusterOfJudgement(CallerId judge, boolean namesUsers, String responseId) {
    return cluster(namesUsers ? responseId : judge.actor());
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
