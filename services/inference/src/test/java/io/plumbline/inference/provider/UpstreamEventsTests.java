package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.provider.UpstreamEvents.Event;
import io.plumbline.inference.provider.protocol.Protocol;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamEventsTests {

  private static final int EVENTS = 40;

  /** The bytes that the readers of bytes and of lines may have taken beside the events. */
  private static final int BUFFERS = 64 * 1024;

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final AtomicLong taken = new AtomicLong();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** The provider's connection is not read further, so that it has to wait. */
  @Test
  void large_events_are_read_ahead_one_at_a_time() throws IOException, InterruptedException {
    String event = "x".repeat(500_000);
    try (UpstreamEvents events = new UpstreamEvents(response(event))) {
      assertThat(next(events)).isEqualTo(new Event(event));

      assertThat(takenUntilTheReaderWaits()).isLessThan(2L * event.length() + BUFFERS);

      for (int i = 1; i < EVENTS; i++) {
        assertThat(next(events)).isEqualTo(new Event(event));
      }
      assertThat(next(events)).isEqualTo(new UpstreamEvents.End());
    }
  }

  @Test
  void a_slow_caller_lets_no_more_wait_than_its_memory_allows()
      throws IOException, InterruptedException {
    String event = "x".repeat(20_000);
    try (UpstreamEvents events = new UpstreamEvents(response(event))) {
      assertThat(next(events)).isEqualTo(new Event(event));

      assertThat(takenUntilTheReaderWaits())
          .isLessThan(UpstreamEvents.MAX_AHEAD + event.length() + BUFFERS);
    }
  }

  @Test
  void a_reader_that_waits_for_a_slow_caller_ends_with_it()
      throws IOException, InterruptedException {
    try (UpstreamEvents events = new UpstreamEvents(response("x".repeat(500_000)))) {
      next(events);
    }
    long before = takenUntilTheReaderWaits();

    assertThat(takenUntilTheReaderWaits()).isEqualTo(before);
  }

  private static UpstreamEvents.Next next(UpstreamEvents events) throws IOException {
    UpstreamEvents.Next next = events.next();
    while (next instanceof UpstreamEvents.Silence) {
      next = events.next();
    }
    return next;
  }

  /** Returns the bytes that were read from the provider when no more are read for a while. */
  private long takenUntilTheReaderWaits() throws InterruptedException {
    long before = -1;
    while (before != taken.get()) {
      before = taken.get();
      Thread.sleep(300);
    }
    return before;
  }

  /** Returns a stream of equal events. */
  private UpstreamResponse response(String event) {
    byte[] bytes = ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
    Supplier<InputStream> next = () -> new ByteArrayInputStream(bytes);
    InputStream all =
        new SequenceInputStream(
            Collections.enumeration(
                Collections.nCopies(EVENTS, next).stream().map(Supplier::get).toList()));
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
    response.setEntity(new InputStreamEntity(new Counted(all), ContentType.TEXT_EVENT_STREAM));
    return new UpstreamResponse(
        new HttpGet("http://127.0.0.1"),
        response,
        Protocol.of(Protocol.OPENAI).newStreamTranslation(),
        new FreePermit(),
        new Deadline(Duration.ofMinutes(5), timer),
        Duration.ofMinutes(5));
  }

  private final class Counted extends FilterInputStream {

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      taken.addAndGet(Math.max(0, read));
      return read;
    }
  }

  private static final class FreePermit implements UpstreamPolicies.CallPermit {

    @Override
    public <T> T call(Supplier<T> attempt) {
      return attempt.get();
    }

    @Override
    public void reportSuccess() {}

    @Override
    public void reportSuccess(int tokens) {}

    @Override
    public void reportFailure() {}

    @Override
    public void close() {}
  }
}
