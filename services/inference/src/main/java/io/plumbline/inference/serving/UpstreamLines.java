package io.plumbline.inference.serving;

import io.plumbline.inference.provider.Upstream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines of a provider's stream, read ahead by a thread of its own, so that the writer notices
 * silence and a client that has disconnected.
 */
final class UpstreamLines implements AutoCloseable {

  private static final int AHEAD = 256;
  private static final long SILENCE_MILLIS = 400;

  sealed interface Next {}

  record Line(String text) implements Next {}

  record Silence() implements Next {}

  record End() implements Next {}

  record Broken(IOException cause) implements Next {}

  private final BlockingQueue<Next> read = new ArrayBlockingQueue<>(AHEAD);
  private final Upstream upstream;
  private final Thread reader;

  UpstreamLines(Upstream upstream) {
    this.upstream = upstream;
    this.reader = Thread.ofVirtual().name("upstream").start(this::read);
  }

  /** Waits a bounded time: a shutdown must not wait for a provider. */
  Next next() throws IOException {
    try {
      Next next = read.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      return next == null ? new Silence() : next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void read() {
    try {
      try {
        for (String line = upstream.readLine(); line != null; line = upstream.readLine()) {
          read.put(new Line(line));
        }
        read.put(new End());
      } catch (IOException e) {
        read.put(new Broken(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the reader, also while it waits. */
  @Override
  public void close() {
    if (reader.isAlive()) {
      upstream.cancel();
      reader.interrupt();
    }
  }
}
