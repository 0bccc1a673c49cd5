package io.plumbline.training.feed;

import io.plumbline.platform.identity.CallerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A client that follows a job. The loop that reads for all followers puts events into its queue,
 * and its own thread sends them, so that a slow client does not delay the others.
 */
final class Follower implements Runnable {

  /**
   * The time without an event after which a comment is sent. It keeps proxies from closing the
   * connection, and shows whether the client is still connected.
   */
  static final Duration QUIET = Duration.ofSeconds(15);

  private static final int MAX_BATCHES = 4;
  private static final List<FeedEntry> END = List.of();

  private final CallerId caller;
  private final UUID job;
  private final SseEmitter emitter;
  private final long deadline;
  private final BlockingQueue<List<FeedEntry>> batches = new ArrayBlockingQueue<>(MAX_BATCHES);
  private volatile long after;

  /**
   * @param after the number of the last event that the client has
   * @param lifetime the time from now after which the stream ends
   */
  Follower(CallerId caller, UUID job, long after, SseEmitter emitter, Duration lifetime) {
    this.caller = caller;
    this.job = job;
    this.after = after;
    this.emitter = emitter;
    this.deadline = System.nanoTime() + lifetime.toNanos();
  }

  CallerId caller() {
    return caller;
  }

  UUID job() {
    return job;
  }

  long lastSequence() {
    return after;
  }

  boolean hasRoom() {
    return batches.remainingCapacity() > 0;
  }

  /**
   * Queues the events that the client does not have yet. Only one thread may call this, and only
   * while there is room.
   */
  void offer(List<FeedEntry> entries) {
    List<FeedEntry> missing = entries.stream().filter(each -> each.sequence() > after).toList();
    if (!missing.isEmpty() && batches.offer(missing)) {
      after = missing.getLast().sequence();
    }
  }

  /** Ends the stream after the queued events. The call has no effect while there is no room. */
  void end() {
    batches.offer(END);
  }

  @Override
  public void run() {
    try {
      while (true) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        List<FeedEntry> next = batches.poll(Math.min(left, QUIET.toNanos()), TimeUnit.NANOSECONDS);
        if (next == null) {
          emitter.send(SseEmitter.event().comment("still here"));
        } else if (next.isEmpty()) {
          break;
        } else {
          send(next);
        }
      }
    } catch (IOException | IllegalStateException gone) {
      // The client has disconnected.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      emitter.complete();
    }
  }

  private void send(List<FeedEntry> entries) throws IOException {
    for (FeedEntry entry : entries) {
      emitter.send(
          SseEmitter.event()
              .id(Long.toString(entry.sequence()))
              .name(entry.kind())
              .data(entry.data(), MediaType.TEXT_PLAIN));
    }
  }
}
