package io.plumbline.training.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobFeedTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);
  private static final UUID JOB = new UUID(1, 1);
  private static final UUID OTHER = new UUID(1, 2);

  /** A fake of the database to which all replicas write. */
  private static final class Stored implements FeedReader {

    private final Map<UUID, FeedStatus> heads = new ConcurrentHashMap<>();
    private final List<Set<UUID>> headQueries = new ArrayList<>();
    private final Map<UUID, List<Long>> eventQueries = new HashMap<>();
    private LongConsumer whileReading = after -> {};

    @Override
    public synchronized Map<UUID, FeedStatus> readStatuses(Set<UUID> jobs) {
      headQueries.add(jobs);
      Map<UUID, FeedStatus> found = new HashMap<>(heads);
      found.keySet().retainAll(jobs);
      return found;
    }

    @Override
    public synchronized List<FeedEntry> eventsAfter(UUID job, long sequence) {
      eventQueries.computeIfAbsent(job, each -> new ArrayList<>()).add(sequence);
      whileReading.accept(sequence);
      long last = Objects.requireNonNull(heads.get(job)).last();
      return LongStream.rangeClosed(sequence + 1, Math.min(last, sequence + 3))
          .mapToObj(number -> new FeedEntry(number, "epoch", "{}"))
          .toList();
    }
  }

  private final Stored stored = new Stored();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final JobFeed feed = feed(Duration.ofMinutes(1));

  @AfterEach
  void stop() {
    feed.close();
    threads.close();
  }

  @Test
  void all_followers_of_a_workspace_cost_one_query_while_nothing_happens() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(4, false));
    stored.heads.put(OTHER, new FeedReader.FeedStatus(0, false));
    follow(ACME, "ada", JOB, "4");
    follow(ACME, "ben", JOB, "4");
    follow(ACME, "ben", OTHER, "");
    stored.headQueries.clear();

    feed.deliver();

    assertThat(stored.headQueries).containsExactly(Set.of(JOB, OTHER));
    assertThat(stored.eventQueries).isEmpty();
  }

  @Test
  void each_workspace_is_asked_for_its_own_jobs() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(0, false));
    stored.heads.put(OTHER, new FeedReader.FeedStatus(0, false));
    follow(ACME, "ada", JOB, "");
    follow(GLOBEX, "gus", OTHER, "");
    stored.headQueries.clear();

    feed.deliver();

    assertThat(stored.headQueries).containsExactlyInAnyOrder(Set.of(JOB), Set.of(OTHER));
  }

  @Test
  void what_any_replica_wrote_is_read_once_for_all_who_follow_and_each_gets_what_it_lacks() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(2, false));
    Received early = follow(ACME, "ada", JOB, "");
    Received late = follow(ACME, "ben", JOB, "2");
    feed.deliver();
    stored.heads.put(JOB, new FeedReader.FeedStatus(5, false));

    feed.deliver();

    early.await(1, 2, 3, 4, 5);
    late.await(3, 4, 5);
    assertThat(stored.eventQueries).isEqualTo(Map.of(JOB, List.of(0L, 2L)));
  }

  @Test
  void a_job_that_ended_ends_its_streams_after_the_last_event() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(5, true));
    Received all = follow(ACME, "ada", JOB, "");

    feed.deliver();

    all.await(1, 2, 3, 4, 5);
    all.awaitEnd();
    await().until(() -> feed.followerCount() == 0);
  }

  @Test
  void one_caller_follows_so_many_and_others_go_on() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(0, false));
    for (int i = 0; i < 3; i++) {
      follow(ACME, "ada", JOB, "");
    }

    assertThat(refused(ACME, "ada")).isEqualTo(CommonProblem.TOO_MUCH_UNDER_WAY);
    follow(ACME, "ben", JOB, "");
    follow(GLOBEX, "ada", JOB, "");
    assertThat(refused(ACME, "cara")).isEqualTo(CommonProblem.UNAVAILABLE);
  }

  @Test
  void a_place_is_free_again_when_the_client_is_gone() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(0, false));
    Received gone = follow(ACME, "ada", JOB, "");
    follow(ACME, "ada", JOB, "");
    follow(ACME, "ada", JOB, "");
    gone.disconnect();
    stored.heads.put(JOB, new FeedReader.FeedStatus(1, false));

    feed.deliver();

    await().until(() -> feed.followerCount() == 2);
    follow(ACME, "ada", JOB, "");
    assertThat(feed.followerCount()).isEqualTo(3);
  }

  @Test
  void a_client_that_does_not_read_delays_nobody_and_misses_nothing() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(40, false));
    Received slow = follow(ACME, "ada", JOB, "");
    slow.block();
    Received quick = follow(ACME, "ben", JOB, "39");

    feed.deliver();

    quick.await(40);
    slow.unblock();
    await()
        .untilAsserted(() -> {
          feed.deliver();
          assertThat(slow.numbers()).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
        });
  }

  @Test
  void a_client_that_gets_room_while_it_is_read_for_another_misses_nothing() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(40, false));
    Received slow = follow(ACME, "ada", JOB, "");
    slow.block();
    follow(ACME, "ben", JOB, "39");
    stored.whileReading =
        after -> {
          if (after == 39) {
            slow.unblock();
            await().until(() -> slow.numbers().size() >= 12);
          }
        };

    await()
        .untilAsserted(() -> {
          feed.deliver();
          assertThat(slow.numbers()).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
        });
  }

  @Test
  void a_stream_ends_after_its_lifetime_so_that_the_token_is_checked_again() {
    stored.heads.put(JOB, new FeedReader.FeedStatus(2, false));
    JobFeed brief = feed(Duration.ofMillis(300));
    Received received = follow(brief, ACME, "ada", JOB, "");

    brief.deliver();

    received.await(1, 2);
    received.awaitEnd();
    await().until(() -> brief.followerCount() == 0);
  }

  @Test
  void a_job_that_the_callers_workspace_does_not_have_is_not_found() {
    assertThat(refused(GLOBEX, "gus")).isEqualTo(CommonProblem.NOT_FOUND);
  }

  private JobFeed feed(Duration lifetime) {
    return new JobFeed(stored, new FeedSettings(3, 5, lifetime), Received::new, threads);
  }

  private Received follow(UUID workspace, String actor, UUID job, String lastEventId) {
    return follow(feed, workspace, actor, job, lastEventId);
  }

  private static Received follow(
      JobFeed feed, UUID workspace, String actor, UUID job, String lastEventId) {
    try {
      return caller(workspace, actor).call(() -> (Received) feed.follow(job, lastEventId));
    } catch (Exception e) {
      throw e instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private ProblemType refused(UUID workspace, String actor) {
    return Objects.requireNonNull(
            catchThrowableOfType(Problem.class, () -> follow(workspace, actor, JOB, "")))
        .type();
  }

  private static Caller caller(UUID workspace, String actor) {
    return new Caller(workspace, actor, actor, Set.of(Role.VIEWER), false);
  }
}
