package io.plumbline.gateway.session;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Holds the start of the gateway until Redis answers, where sessions are kept there. It runs before
 * any bean is created, since the store of sessions would end a process that does not find its
 * server. Services wait for their databases in the same way, and log the same words.
 */
public final class RedisStartup implements ApplicationListener<ApplicationPreparedEvent> {

  private static final Logger log = LoggerFactory.getLogger(RedisStartup.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
  private static final double MULTIPLIER = 2;

  /** The time after which an unchanged message is logged again. */
  private static final Duration REPEAT = Duration.ofSeconds(30);

  @Override
  public void onApplicationEvent(ApplicationPreparedEvent event) {
    ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
    if (!environment.matchesProfiles("redis")) {
      return;
    }
    // The connection is configured as that of the gateway, certificates and all.
    try (AnnotationConfigApplicationContext connection = new AnnotationConfigApplicationContext()) {
      connection.setEnvironment(environment);
      connection.register(SslAutoConfiguration.class, DataRedisAutoConfiguration.class);
      connection.refresh();
      waitFor(connection.getBean(LettuceConnectionFactory.class));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }

  private static void waitFor(LettuceConnectionFactory redis) throws InterruptedException {
    Optional<String> missing = missing(redis);
    if (missing.isEmpty()) {
      return;
    }
    ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE.toMillis(), MULTIPLIER);
    backOff.setMaxInterval(MAX_PAUSE.toMillis());
    BackOffExecution pauses = backOff.start();
    String logged = "";
    long loggedAt = 0;
    while (missing.isPresent()) {
      boolean due = System.nanoTime() - loggedAt >= REPEAT.toNanos();
      if (due || !missing.get().equals(logged)) {
        logged = missing.get();
        loggedAt = System.nanoTime();
        log.warn("Waiting for {}", logged);
      }
      Thread.sleep(pauses.nextBackOff());
      missing = missing(redis);
    }
    log.warn("The wait is over, the start goes on.");
  }

  /** Returns what Redis lacks to be used, as it follows "Waiting for". */
  private static Optional<String> missing(LettuceConnectionFactory redis) {
    try (RedisConnection connection = redis.getConnection()) {
      connection.ping();
      return Optional.empty();
    } catch (DataAccessException e) {
      return Optional.of(
          "Redis at %s:%d: %s".formatted(redis.getHostName(), redis.getPort(), reason(e)));
    }
  }

  private static String reason(DataAccessException failure) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    if (cause instanceof UnknownHostException) {
      return "the name cannot be resolved";
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName());
    // Sockets add the address, which is named already, and the call of the kernel that failed.
    String reason = message.replaceFirst("(?i).*(connection (refused|reset|timed out)).*", "$1");
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
