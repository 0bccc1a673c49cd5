package io.plumbline.training.feed;

import static java.util.stream.Collectors.groupingBy;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.feed.FeedReader.Head;
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
 * <p>One loop reads for all followers of this process: every half-second the heads of all followed
 * jobs, in one query per workspace since the database shows only one's rows, and of those that went
 * on what follows. A job that another replica advances is therefore seen as soon as one's own.
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
   * @param emitters makes one that does not time out
   * @param threads runs each follower for as long as it follows
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
   * @throws Problem 404; 429 when the caller follows as many jobs as one may, 503 when this process
   *     has as many followers as it may
   */
  public SseEmitter follow(UUID id, @Nullable String lastEventId) {
    long after = number(lastEventId);
    if (reads.heads(Set.of(id)).isEmpty()) {
      throw Problem.notFound();
    }
    SseEmitter emitter = emitters.get();
    Follower follower = new Follower(Caller.current().id(), id, after, emitter);
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
              "You follow %d streams of jobs, as many as one caller may. Close one, or read the job instead."
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

  synchronized int followers() {
    return followers.size();
  }

  /** Clients of a replica that shuts down are disconnected, and reconnect to another. */
  synchronized void close() {
    closed = true;
    followers.forEach(Follower::end);
  }

  /** Waits a moment, then gives every follower what has happened to its job. */
  void deliverNext() throws InterruptedException {
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
        .forEach((workspace, each) -> Caller.system(workspace).run(() -> deliver(each)));
  }

  /** To the followers in one workspace. */
  private void deliver(List<Follower> followers) {
    Map<UUID, List<Follower>> byJob = followers.stream().collect(groupingBy(Follower::job));
    Map<UUID, Head> heads = reads.heads(byJob.keySet());
    byJob.forEach((job, each) -> {
      Head head = heads.get(job);
      if (head == null) {
        each.forEach(Follower::end);
      } else {
        deliver(job, head, each);
      }
    });
  }

  /**
   * What one needs is read for all that have not passed it, and slow ones are waited for by none.
   * One that gets room while it is read for the others is not given it, since it lacks what comes
   * before.
   */
  private void deliver(UUID job, Head head, List<Follower> followers) {
    while (true) {
      List<Follower> ready = followers.stream().filter(Follower::hasRoom).toList();
      long after = ready.stream().mapToLong(Follower::after).min().orElse(Long.MAX_VALUE);
      if (after >= head.last()) {
        break;
      }
      List<FeedEntry> entries = reads.after(job, after);
      if (entries.isEmpty()) {
        break;
      }
      ready.forEach(each -> each.offer(entries));
    }
    if (head.ended()) {
      followers.stream().filter(each -> each.after() >= head.last()).forEach(Follower::end);
    }
  }

  private static long number(@Nullable String lastEventId) {
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
