package io.plumbline.training.feed;

import static java.util.stream.Collectors.groupingBy;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.feed.FeedReader.FeedStatus;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams jobs' events to the clients that follow them. The numbers of a job's stream become
 * visible in order, so "greater than the last one sent" is the whole protocol, over reconnects,
 * restarts and replicas.
 *
 * <p>One loop reads for all followers of this process. Every half-second it reads the heads of all
 * followed jobs, in one query per workspace because the database shows only the rows of one, and
 * then the new events of the jobs that advanced. So a job that another replica advances is seen as
 * soon as one of this replica.
 */
public class JobFeed {

  private static final Duration POLL = Duration.ofMillis(500);

  private final FeedReader reads;
  private final FeedSettings settings;
  private final Supplier<? extends SseEmitter> emitters;
  private final Executor threads;
  private final Wakeup wakeup = new Wakeup();
  private final Set<Follower> followers = new LinkedHashSet<>();
  private boolean closed;

  /**
   * @param emitters makes emitters that do not time out
   * @param threads runs each follower for as long as its client is connected
   */
  JobFeed(
      FeedReader reads,
      FeedSettings settings,
      Supplier<? extends SseEmitter> emitters,
      Executor threads) {
    this.reads = reads;
    this.settings = settings;
    this.emitters = emitters;
    this.threads = threads;
  }

  /**
   * Follows a job.
   *
   * @throws Problem 404 for an unknown job; 429 when the caller follows the maximum number of jobs;
   *     503 when this process has the maximum number of followers
   */
  public SseEmitter follow(UUID id, @Nullable String lastEventId) {
    long after = parseEventId(lastEventId);
    if (reads.readStatuses(Set.of(id)).isEmpty()) {
      throw Problem.notFound();
    }
    SseEmitter emitter = emitters.get();
    Follower follower =
        new Follower(Caller.current().id(), id, after, emitter, settings.lifetime());
    admit(follower);
    threads.execute(() -> {
      try {
        follower.run();
      } finally {
        forget(follower);
      }
    });
    wakeup.signal();
    return emitter;
  }

  private synchronized void admit(Follower follower) {
    long own = followers.stream().filter(each -> each.caller().equals(follower.caller())).count();
    if (own >= settings.perCaller()) {
      throw new Problem(
              CommonProblem.TOO_MUCH_UNDER_WAY,
              "You already follow %d streams of jobs, the maximum for one caller. Close one, or read the job instead."
                  .formatted(own))
          .retryAfter(Follower.QUIET);
    }
    if (closed || followers.size() >= settings.perProcess()) {
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "No more streams of jobs can be followed here at the moment. Read the job instead, or"
                  + " try again later.")
          .retryAfter(Follower.QUIET);
    }
    followers.add(follower);
  }

  private synchronized void forget(Follower follower) {
    followers.remove(follower);
  }

  synchronized int followerCount() {
    return followers.size();
  }

  /** Ends all streams, so that the clients of a replica that shuts down reconnect to another. */
  synchronized void close() {
    closed = true;
    followers.forEach(Follower::end);
  }

  /** Waits for the next poll, then delivers to every follower the new events of its job. */
  void awaitAndDeliver() throws InterruptedException {
    wakeup.await(POLL);
    deliver();
  }

  void deliver() {
    List<Follower> all;
    synchronized (this) {
      all = List.copyOf(followers);
    }
    all.stream()
        .collect(groupingBy(follower -> follower.caller().workspace()))
        .forEach((workspace, each) -> Caller.system(workspace).run(() -> deliverToWorkspace(each)));
  }

  /** Delivers events to the followers in one workspace. */
  private void deliverToWorkspace(List<Follower> followers) {
    Map<UUID, List<Follower>> byJob = followers.stream().collect(groupingBy(Follower::job));
    Map<UUID, FeedStatus> heads = reads.readStatuses(byJob.keySet());
    byJob.forEach((job, each) -> {
      FeedStatus feedStatus = heads.get(job);
      if (feedStatus == null) {
        each.forEach(Follower::end);
      } else {
        deliverJobEvents(job, feedStatus, each);
      }
    });
  }

  /**
   * Delivers the events of a job. Events are read from the position of the follower that is
   * furthest behind, for all followers that have room; no follower waits for a slow one. A follower
   * that gets room during a read does not receive its events, because it may lack earlier ones.
   */
  private void deliverJobEvents(UUID job, FeedStatus feedStatus, List<Follower> followers) {
    while (true) {
      List<Follower> ready = followers.stream().filter(Follower::hasRoom).toList();
      long after = ready.stream().mapToLong(Follower::lastSequence).min().orElse(Long.MAX_VALUE);
      if (after >= feedStatus.last()) {
        break;
      }
      List<FeedEntry> entries = reads.eventsAfter(job, after);
      if (entries.isEmpty()) {
        break;
      }
      ready.forEach(each -> each.offer(entries));
    }
    if (feedStatus.ended()) {
      followers.stream()
          .filter(each -> each.lastSequence() >= feedStatus.last())
          .forEach(Follower::end);
    }
  }

  private static long parseEventId(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isBlank()) {
      return 0;
    }
    try {
      return Long.parseLong(lastEventId);
    } catch (NumberFormatException e) {
      throw Problem.invalid("Last-Event-ID", "must be the id of an event of this stream");
    }
  }
}
