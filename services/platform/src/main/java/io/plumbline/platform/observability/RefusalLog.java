package io.plumbline.platform.observability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs messages that were refused. The first of each topic is logged at once, after that one line a
 * minute states how many more there were. A sender who can send one such message can send many;
 * metrics count them by reason.
 */
public final class RefusalLog {

  private static final Duration QUIET = Duration.ofMinutes(1);

  private record Topic(long loggedAt, long suppressed) {}

  private final Logger log;
  private final LongSupplier nanoTime;
  private final Map<String, Topic> topics = new HashMap<>();

  public RefusalLog(Logger log) {
    this(log, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  RefusalLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Logs a refusal, or only counts it when one of the same topic was logged within the last minute.
   *
   * @param topic one of the few topics that are consumed
   * @param line the text to log; it must contain nothing from the message, since anybody may have
   *     written that
   */
  public synchronized void logRefusal(String topic, Supplier<String> line) {
    long now = nanoTime.getAsLong();
    Topic known = topics.get(topic);
    if (known != null && now - known.loggedAt < QUIET.toNanos()) {
      topics.put(topic, new Topic(known.loggedAt, known.suppressed + 1));
      return;
    }
    log.error(
        "{} ({} more on topic {} since the last such line)",
        line.get(),
        known == null ? 0 : known.suppressed,
        topic);
    topics.put(topic, new Topic(now, 0));
  }
}
