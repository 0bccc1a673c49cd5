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
 * One client that follows a job. What it is to get is put down by the loop that reads for all, and
 * written by a thread of its own, so that a client that reads slowly delays nobody.
 */
final class Follower implements Runnable {

  /**
   * After so long without an event a comment keeps proxies from closing the connection, and finds
   * out whether the client is still there.
   */
  static final Duration QUIET = Duration.ofSeconds(15);

  private static final int BATCHES = 4;
  private static final List<FeedEntry> END = List.of();

  private final CallerId caller;
  private final UUID job;
  private final SseEmitter emitter;
  private final BlockingQueue<List<FeedEntry>> batches = new ArrayBlockingQueue<>(BATCHES);
  private volatile long after;

  /**
   * @param after the number of the last event that the client has
   */
  Follower(CallerId caller, UUID job, long after, SseEmitter emitter) {
    this.caller = caller;
    this.job = job;
    this.after = after;
    this.emitter = emitter;
  }

  CallerId caller() {
    return caller;
  }

  UUID job() {
    return job;
  }

  long after() {
    return after;
  }

  boolean hasRoom() {
    return batches.remainingCapacity() > 0;
  }

  /** Takes those that it does not have yet; called by one thread, and only while it has room. */
  void offer(List<FeedEntry> entries) {
    List<FeedEntry> missing = entries.stream().filter(each -> each.sequence() > after).toList();
    if (!missing.isEmpty() && batches.offer(missing)) {
      after = missing.getLast().sequence();
    }
  }

  /** After what was offered; ignored while there is no room, to be repeated. */
  void end() {
    batches.offer(END);
  }

  @Override
  public void run() {
    try {
      while (true) {
        List<FeedEntry> next = batches.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
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
