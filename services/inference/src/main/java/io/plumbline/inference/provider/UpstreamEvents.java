package io.plumbline.inference.provider;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The events of a provider's stream. A separate thread reads them ahead, so that the writer notices
 * silence and a client that has disconnected. While the caller of a stream is slow, nothing more is
 * read from the provider's connection than fits into {@link #MAX_AHEAD}, and one event.
 */
public final class UpstreamEvents implements AutoCloseable {

  private static final int AHEAD = 16;

  /**
   * The most memory in bytes of the events that wait and of the one that is being passed on. A
   * larger event takes all of it, so that it waits alone.
   */
  static final int MAX_AHEAD = 64 * 1024;

  private static final long SILENCE_MILLIS = 400;

  /** The next part of a stream. */
  public sealed interface Next {}

  /** The data of an event. */
  public record Event(String data) implements Next {}

  /** The end of a comment, or of an event without data, which shows that the provider is alive. */
  public record Comment() implements Next {}

  public record Silence() implements Next {}

  public record End() implements Next {}

  public record Broken(IOException cause) implements Next {}

  private final BlockingQueue<Next> read = new ArrayBlockingQueue<>(AHEAD);
  private final Semaphore room = new Semaphore(MAX_AHEAD);
  private final UpstreamResponse upstreamResponse;
  private final Thread reader;

  /** The memory of the part that was returned last. */
  private int passedOn;

  /** The time of the last part; empty before the first one, while the model may think. */
  private OptionalLong last = OptionalLong.empty();

  public UpstreamEvents(UpstreamResponse upstreamResponse) {
    this.upstreamResponse = upstreamResponse;
    this.reader = Thread.ofVirtual().name("upstream").start(this::readAhead);
  }

  /**
   * Returns the next part; the one before it no longer takes memory. The wait is bounded, because a
   * shutdown must not wait for a provider.
   */
  public Next next() throws IOException {
    room.release(passedOn);
    passedOn = 0;
    try {
      Next next = read.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        last = OptionalLong.of(System.nanoTime());
        passedOn = memoryOf(next);
        return next;
      }
      if (last.isPresent()
          && System.nanoTime() - last.getAsLong() > upstreamResponse.idleTimeout().toNanos()) {
        upstreamResponse.cancel();
        return new Broken(
            new SocketTimeoutException("silent for " + upstreamResponse.idleTimeout()));
      }
      return new Silence();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void readAhead() {
    try {
      try {
        ServerSentEventParser data = new ServerSentEventParser();
        for (String line = upstreamResponse.readLine();
            line != null;
            line = upstreamResponse.readLine()) {
          Optional<String> event = data.addLine(line);
          if (event.isPresent()) {
            add(new Event(event.get()));
          } else if (line.isEmpty()) {
            add(new Comment());
          }
        }
        Optional<String> unended = data.end();
        if (unended.isPresent()) {
          add(new Event(unended.get()));
        }
        add(new End());
      } catch (IOException e) {
        add(new Broken(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(Next next) throws InterruptedException {
    room.acquire(memoryOf(next));
    read.put(next);
  }

  /** Returns the memory of a part in bytes, or all that there is for a larger one. */
  private static int memoryOf(Next next) {
    return next instanceof Event(String data)
        ? Math.min(MAX_AHEAD, Character.BYTES * data.length())
        : 0;
  }

  /** Stops the reader, even while it waits. */
  @Override
  public void close() {
    if (reader.isAlive()) {
      upstreamResponse.cancel();
      reader.interrupt();
    }
  }
}
