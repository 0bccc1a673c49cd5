package io.plumbline.inference.provider;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of a provider's stream. A separate thread reads them ahead, so that the writer notices
 * silence and a client that has disconnected.
 */
public final class UpstreamEvents implements AutoCloseable {

  private static final int AHEAD = 16;
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
  private final UpstreamResponse upstreamResponse;
  private final Thread reader;

  /** The time of the last part; empty before the first one, while the model may think. */
  private OptionalLong last = OptionalLong.empty();

  public UpstreamEvents(UpstreamResponse upstreamResponse) {
    this.upstreamResponse = upstreamResponse;
    this.reader = Thread.ofVirtual().name("upstream").start(this::readAhead);
  }

  /**
   * Returns the next part. The wait is bounded, because a shutdown must not wait for a provider.
   */
  public Next next() throws IOException {
    try {
      Next next = read.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        last = OptionalLong.of(System.nanoTime());
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
            read.put(new Event(event.get()));
          } else if (line.isEmpty()) {
            read.put(new Comment());
          }
        }
        Optional<String> unended = data.end();
        if (unended.isPresent()) {
          read.put(new Event(unended.get()));
        }
        read.put(new End());
      } catch (IOException e) {
        read.put(new Broken(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
