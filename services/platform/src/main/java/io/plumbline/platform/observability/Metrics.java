package io.plumbline.platform.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the services that Spring Boot does not already have, with its help text and unit.
 * In Prometheus, dots become underscores, the unit is appended, and counters end in {@code _total}:
 * {@code plumbline_outbox_age_seconds}.
 *
 * <p>A counter that an alert reads is registered at 0 when the service starts, because a series
 * that begins with its first event shows no increase.
 */
public enum Metrics {
  BODIES_MEMORY(
      "plumbline.bodies.memory", "bytes", "Estimated memory of the request bodies under way"),
  BODIES_REFUSED(
      "plumbline.bodies.refused", null, "Bodies refused for want of memory, answered with 503"),
  BODIES_LIMITED(
      "plumbline.bodies.limited",
      null,
      "Bodies refused because their caller had its share under way, answered with 429"),
  BODIES_LATE(
      "plumbline.bodies.late", null, "Bodies that did not arrive in time, answered with 408"),
  OUTBOX_SENT("plumbline.outbox.sent", null, "Events that Kafka acknowledged"),
  OUTBOX_FAILURES(
      "plumbline.outbox.failures", null, "Times that the outbox relay failed and started again"),
  OUTBOX_PENDING(
      "plumbline.outbox.pending", null, "Events in the outbox that Kafka has not acknowledged"),
  OUTBOX_AGE("plumbline.outbox.age", "seconds", "Age of the oldest event in the outbox"),
  EVENTS_CONSUMED(
      "plumbline.events.consumed", null, "How long events took to be applied, by type of event"),
  EVENTS_DEAD_LETTERS(
      "plumbline.events.dead.letters", null, "Events kept as dead letters, by type of event"),
  EVENTS_REFUSED(
      "plumbline.events.refused",
      null,
      "Messages that are no event of the service they name, by what is wrong with them"),
  SERVICES_REFUSED(
      "plumbline.services.refused",
      null,
      "Calls by a service's token that were refused, by what was wrong: statement or route"),
  JOBS_RUN("plumbline.jobs.run", null, "How long attempts at jobs took, by kind of job"),
  BUCKET_CALLS(
      "plumbline.bucket.calls",
      null,
      "How long calls of the bucket took, by operation and outcome"),
  REPRICING_FAILURES(
      "plumbline.repricing.failures",
      null,
      "Verdicts that could not be judged again after a price changed, each time that it was tried"),
  LEDGER_LAG("plumbline.ledger.lag", "seconds", "How far the ledger is behind this service"),
  LEDGER_CONTRADICTED(
      "plumbline.ledger.contradicted", null, "1 while a signed head contradicts an earlier one"),
  LEDGER_HEADS_REJECTED(
      "plumbline.ledger.heads.rejected",
      null,
      "Heads that are not signed by a trusted key or contradict an earlier one, by reason"),
  LEDGER_SIZE("plumbline.ledger.size", null, "Entries under the newest signed head"),
  LEDGER_PENDING("plumbline.ledger.pending", null, "Messages that wait for their index"),
  LEDGER_APPENDED("plumbline.ledger.appended", null, "Entries appended by this process"),
  LEDGER_REFUSED(
      "plumbline.ledger.refused",
      null,
      "Messages recorded as not written by the service that they name, by what is wrong with them"),
  LEDGER_HEAD_AGE("plumbline.ledger.head.age", "seconds", "Age of the newest signed head"),
  LEDGER_COSIGNED_AGE(
      "plumbline.ledger.cosigned.age",
      "seconds",
      "Time since every witness had cosigned the newest head; 0 without witnesses"),
  LEDGER_HALTED(
      "plumbline.ledger.halted", null, "1 while intake or sequencer retry after a failure"),
  AUDIT_UNATTRIBUTED(
      "plumbline.audit.unattributed", null, "Ledger entries that belong to no workspace"),
  IDENTITY_BEHIND(
      "plumbline.identity.behind",
      "seconds",
      "Time since Keycloak's administrative events were last read to their end"),
  IDENTITY_OFF("plumbline.identity.off", null, "1 while Keycloak stores no administrative events"),
  TRACES_WAITING(
      "plumbline.traces.waiting",
      "bytes",
      "Traces in this process's journal that are not in the database yet");

  private final String name;
  private final @Nullable String unit;
  private final String description;

  Metrics(String name, @Nullable String unit, String description) {
    this.name = name;
    this.unit = unit;
    this.description = description;
  }

  public Counter counter(MeterRegistry registry, String... tags) {
    return Counter.builder(name)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }

  /** Registers a timer with a histogram, so that percentiles can be computed over all replicas. */
  public Timer timer(MeterRegistry registry, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .publishPercentileHistogram()
        .register(registry);
  }

  public <T> Gauge gauge(MeterRegistry registry, T source, ToDoubleFunction<T> value) {
    return Gauge.builder(name, source, value)
        .description(description)
        .baseUnit(unit)
        .register(registry);
  }
}
