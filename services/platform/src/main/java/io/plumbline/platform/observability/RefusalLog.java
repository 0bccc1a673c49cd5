package io.plumbline.platform.observability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs messages that were refused: of each topic the first at once, then one line a minute that
 * says how many there were beside it. Whoever can send one can send many; how many there are of
 * each reason is what metrics count.
 */
public final class RefusalLog {

  private static final Duration QUIET = Duration.ofMinutes(1);

  private record Topic(long loggedAt, long unsaid) {}

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
   * @param topic one of the few that are consumed
   * @param line without anything from the message, since anybody may have written it
   */
  public synchronized void refused(String topic, Supplier<String> line) {
    long now = nanoTime.getAsLong();
    Topic known = topics.get(topic);
    if (known != null && now - known.loggedAt < QUIET.toNanos()) {
      topics.put(topic, new Topic(known.loggedAt, known.unsaid + 1));
      return;
    }
    log.error(
        "{} ({} more on {} since the last such line)",
        line.get(),
        known == null ? 0 : known.unsaid,
        topic);
    topics.put(topic, new Topic(now, 0));
  }
}
