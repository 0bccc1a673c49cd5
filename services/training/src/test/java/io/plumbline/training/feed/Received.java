package io.plumbline.training.feed;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An emitter that collects the events that a client receives. */
final class Received extends SseEmitter {

  private static final Pattern ID = Pattern.compile("^id:(\\d+)");

  private final List<Long> numbers = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile CountDownLatch reads = new CountDownLatch(0);
  private volatile boolean disconnected;

  @Override
  public void send(SseEventBuilder event) throws IOException {
    try {
      reads.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (disconnected) {
      throw new IOException("Broken pipe");
    }
    String text =
        event.build().stream().map(part -> part.getData().toString()).collect(Collectors.joining());
    ID.matcher(text).results().forEach(id -> numbers.add(Long.valueOf(id.group(1))));
  }

  @Override
  public void complete() {
    ended.countDown();
  }

  void disconnect() {
    disconnected = true;
  }

  /** Makes the client read nothing until {@link #unblock()}. */
  void block() {
    reads = new CountDownLatch(1);
  }

  void unblock() {
    reads.countDown();
  }

  List<Long> numbers() {
    return List.copyOf(numbers);
  }

  void await(long... expected) {
    Awaitility.await().until(this::numbers, LongStream.of(expected).boxed().toList()::equals);
  }

  void awaitEnd() {
    Awaitility.await().until(() -> ended.getCount() == 0);
  }
}
