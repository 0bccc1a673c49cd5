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
  void a_caller_among_others_is_one_cluster_whatever_users_it_names() {
    Set<OptionalInt> mallorys = new HashSet<>();
    Set<OptionalInt> shops = new HashSet<>();
    for (int call = 0; call < 200; call++) {
      for (int user = 0; user < 4; user++) {
        shops.add(count(SHOP, "shop-" + call + "-" + user));
      }
      mallorys.add(count(MALLORY, "mallory-" + call));
    }

    assertThat(mallorys).hasSize(1);
    assertThat(shops).hasSizeGreaterThan(8);
  }

  @Test
  void the_requests_of_a_caller_alone_are_divided_where_they_name_no_user() {
    Set<OptionalInt> found = new HashSet<>();
    for (int call = 0; call < 200; call++) {
      found.add(count(SHOP, null));
    }

    assertThat(found).hasSizeGreaterThan(8);
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
  void judgements_are_divided_for_the_key_that_has_most_of_the_answers_alone() {
    for (int call = 0; call < 20; call++) {
      count(SHOP, null);
    }

    assertThat(clustersOfJudgements(SHOP, true)).hasSizeGreaterThan(8);
    assertThat(clustersOfJudgements(SHOP, false)).hasSize(1);
    assertThat(clustersOfJudgements(MALLORY, true)).hasSize(1);
  }

  private OptionalInt count(CallerId caller, @Nullable String user) {
    return clusters.clusterOfAnswer(
        RELEASE, new CallerClusters.Answer(caller, user, UUID.randomUUID()));
  }

  private Set<Integer> clustersOfJudgements(CallerId judge, boolean key) {
    Set<Integer> found = new HashSet<>();
    for (int response = 0; response < 200; response++) {
      found.add(clusters.clusterOfJudgement(RELEASE, judge, key, "r" + response));
    }
    return found;
  }
}
