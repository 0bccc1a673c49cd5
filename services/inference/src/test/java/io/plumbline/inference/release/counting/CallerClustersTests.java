package io.plumbline.inference.release.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerClustersTests {

  private static final UUID RELEASE = new UUID(0, 1);
  private static final CallerId SHOP = new CallerId(new UUID(0, 2), "key-shop");
  private static final CallerId MALLORY = new CallerId(new UUID(0, 2), "mallory");

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final CallerClusters clusters = new CallerClusters(clock);

  @Test
  void a_caller_is_one_cluster_however_much_of_the_traffic_it_has() {
    Set<OptionalInt> found = new HashSet<>();
    for (int call = 0; call < 200; call++) {
      found.add(count(MALLORY, null));
    }

    assertThat(found).hasSize(1);
  }

  @Test
  void the_users_of_a_caller_who_is_trusted_to_name_them_have_clusters_of_their_own() {
    Set<OptionalInt> found = new HashSet<>();
    for (int user = 0; user < 200; user++) {
      found.add(count(SHOP, "shop-" + user));
    }

    assertThat(found).hasSizeGreaterThan(8);
  }

  @Test
  void every_replica_finds_the_same_clusters_whichever_answers_it_has_counted() {
    CallerClusters second = new CallerClusters(clock);
    CallerClusters third = new CallerClusters(clock);
    for (int call = 0; call < 100; call++) {
      second.clusterOfAnswer(RELEASE, MALLORY, null);
      third.clusterOfAnswer(RELEASE, SHOP, "shop-" + call);
    }

    assertThat(second.clusterOfAnswer(RELEASE, SHOP, "ann"))
        .isEqualTo(count(SHOP, "ann"))
        .isEqualTo(third.clusterOfAnswer(RELEASE, SHOP, "ann"));
    assertThat(second.clusterOfAnswer(RELEASE, MALLORY, null))
        .isEqualTo(count(MALLORY, null))
        .isEqualTo(third.clusterOfAnswer(RELEASE, MALLORY, null));
  }

  @Test
  void a_user_counts_with_so_many_answers() {
    int counted = 0;
    for (int call = 0; call < 100; call++) {
      counted += count(SHOP, "ann").isPresent() ? 1 : 0;
    }

    assertThat(counted).isEqualTo(CallerClusters.ANSWERS_OF_A_USER);
    assertThat(count(SHOP, "ben")).isPresent();
    assertThat(count(MALLORY, "ann")).isPresent();
  }

  @Test
  void users_whom_a_caller_invents_count_up_to_a_rate_and_those_who_are_known_go_on() {
    int counted = 0;
    for (int user = 0; user < 5_000; user++) {
      counted += count(MALLORY, "user-" + user).isPresent() ? 1 : 0;
    }

    assertThat(counted).isEqualTo(CallerClusters.NEW_USERS);
    assertThat(count(MALLORY, "user-1")).isPresent();
    assertThat(count(SHOP, "user-1")).isPresent();
    clock.advance(Duration.ofMinutes(2));
    assertThat(count(MALLORY, "user-6000")).isPresent();
  }

  @Test
  void judgements_are_divided_for_the_caller_who_is_trusted_to_name_its_users_alone() {
    assertThat(clustersOfJudgements(SHOP, true)).hasSizeGreaterThan(8);
    assertThat(clustersOfJudgements(SHOP, false)).hasSize(1);
  }

  private OptionalInt count(CallerId caller, @Nullable String user) {
    return clusters.clusterOfAnswer(RELEASE, caller, user);
  }

  private static Set<Integer> clustersOfJudgements(CallerId judge, boolean namesUsers) {
    Set<Integer> found = new HashSet<>();
    for (int response = 0; response < 200; response++) {
      found.add(CallerClusters.clusterOfJudgement(judge, namesUsers, "r" + response));
    }
    return found;
  }
}
