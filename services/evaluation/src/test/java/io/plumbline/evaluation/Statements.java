package io.plumbline.evaluation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** A recorder of the statements that the service sends to PostgreSQL until it is closed. */
final class Statements implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
  private final @Nullable Level level = logger.getLevel();
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          sent.add(event.getFormattedMessage());
        }
      };

  Statements() {
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
  }

  /** Returns the statements so far that contain the given words. */
  List<String> with(String words) {
    return sent.stream()
        .filter(message -> message.contains("SQL statement [") && message.contains(words))
        .toList();
  }

  @Override
  public void close() {
    logger.setLevel(level);
    logger.setAdditive(true);
    logger.detachAppender(appender);
    appender.stop();
  }
}
