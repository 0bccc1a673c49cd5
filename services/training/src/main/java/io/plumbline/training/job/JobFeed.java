package io.plumbline.training.job;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams a job's events to the clients that follow it. The numbers of a job's stream become
 * visible in order, so "greater than the last one sent" is the whole protocol, over reconnects,
 * restarts and replicas; polling costs one index read per client and half-second.
 */
@Component
class JobFeed {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Idle polls after which a comment keeps proxies from closing the connection. */
  private static final int QUIET_POLLS = 30;

  private final JobReads reads;
  private volatile boolean closing;

  JobFeed(JobReads reads) {
    this.reads = reads;
  }

  SseEmitter follow(UUID id, @Nullable String lastEventId) {
    long after = number(lastEventId);
    if (reads.feed(id, after).isEmpty()) {
      throw Problem.notFound();
    }
    SseEmitter emitter = new SseEmitter(0L);
    Caller caller = Caller.current();
    Thread.ofVirtual().name("feed-" + id).start(() -> caller.run(() -> feed(id, after, emitter)));
    return emitter;
  }

  /** Clients of a replica that shuts down are disconnected, and reconnect to another. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  private void feed(UUID id, long from, SseEmitter emitter) {
    try {
      long after = from;
      int quiet = 0;
      while (!closing) {
        JobReads.Feed feed = reads.feed(id, after).orElseThrow(Problem::notFound);
        for (JobReads.FeedEntry entry : feed.entries()) {
          emitter.send(
              SseEmitter.event()
                  .id(Long.toString(entry.sequence()))
                  .name(entry.kind())
                  .data(entry.data(), MediaType.TEXT_PLAIN));
          after = entry.sequence();
          quiet = 0;
        }
        if (feed.complete()) {
          emitter.complete();
          return;
        }
        if (feed.entries().isEmpty() && ++quiet % QUIET_POLLS == 0) {
          emitter.send(SseEmitter.event().comment("still here"));
        }
        Thread.sleep(POLL);
      }
      emitter.complete();
    } catch (IOException | IllegalStateException gone) {
      // The client has disconnected.
      emitter.complete();
    } catch (DataAccessException | TransactionException unavailable) {
      // The client reconnects and continues after the last number it has.
      emitter.completeWithError(unavailable);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      emitter.complete();
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
