package io.plumbline.compliance.identity;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.compliance.identity.IdentityReading.Addressed;
import io.plumbline.compliance.identity.IdentityReading.Place;
import io.plumbline.contracts.state.IdentityRecording;
import io.plumbline.platform.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads Keycloak's administrative events to their end, again and again. Every replica does so,
 * which needs no lease: an event is published once by its id. Each pass begins somewhat before the
 * newest event, because Keycloak commits events in another order than that of their times.
 */
class IdentityPass {

  /** The time before the newest event in which events may still appear. */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  private final Optional<String> obstacle;
  private final @Nullable AdminApi keycloak;
  private final PeopleDirectory people;
  private final IdentityReading reading;
  private final LongSupplier nanos;
  private final AtomicLong lastRead;
  private volatile boolean recorded;

  /**
   * @param obstacle why events cannot be read at all
   * @param keycloak absent if they cannot
   * @param nanos as {@link System#nanoTime}
   */
  IdentityPass(
      Optional<String> obstacle,
      @Nullable AdminApi keycloak,
      PeopleDirectory people,
      IdentityReading reading,
      LongSupplier nanos) {
    this.obstacle = obstacle;
    this.keycloak = keycloak;
    this.people = people;
    this.reading = reading;
    this.nanos = nanos;
    this.lastRead = new AtomicLong(nanos.getAsLong());
  }

  /** Publishes what is new, and whether changes are recorded at all. */
  void run() {
    Caller.system(Caller.NO_WORKSPACE).run(this::runAsSystem);
  }

  private void runAsSystem() {
    AdminApi api = keycloak;
    if (obstacle.isPresent() || api == null) {
      reading.announce(IdentityRecording.OFF, obstacle.orElse("not available"));
      return;
    }
    AdminApi.EventsConfig config = api.readConfig();
    recorded = Boolean.TRUE.equals(config.adminEventsEnabled());
    if (recorded) {
      reading.announce(IdentityRecording.RECORDED, lackOf(config));
    }
    // What Keycloak stored before it stopped is read, too. The last of it may say who stopped it.
    readToEnd(api);
    if (!recorded) {
      reading.announce(
          IdentityRecording.OFF,
          "Keycloak stores no administrative events: adminEventsEnabled of the realm is off.");
    }
    reading.markRead();
    lastRead.set(nanos.getAsLong());
  }

  private static @Nullable String lackOf(AdminApi.EventsConfig config) {
    return Boolean.TRUE.equals(config.adminEventsDetailsEnabled())
        ? null
        : "Without the names of roles and digests: adminEventsDetailsEnabled of the realm is off.";
  }

  private void readToEnd(AdminApi api) {
    Place newest = reading.place();
    boolean found = newest.id() == null;
    long from = Math.max(0, latestKnown(newest) - OVERLAP.toMillis());
    int first = 0;
    List<AdminEvent> page;
    do {
      page = api.readPage(from, first);
      found |= page.stream().anyMatch(each -> each.change().adminEventId().equals(newest.id()));
      reading.store(reading.unstored(page).stream().map(this::address).toList());
      // Events that expire meanwhile would shift later pages, so each begins at a time. Only events
      // of one moment are counted.
      long last = page.isEmpty() ? from : page.getLast().change().changedAt().toEpochMilli();
      first = last > from ? 0 : first + page.size();
      from = Math.max(from, last);
    } while (page.size() >= AdminApi.PAGE);
    if (!found) {
      reading.announceGap(newest);
    }
  }

  /**
   * Returns the time up to which events are known: that of the newest one, unless Keycloak's clock
   * was ahead then. Later events would have earlier times, and none was missed before the last
   * reading.
   */
  private long latestKnown(Place newest) {
    Instant readAt = reading.status().readAt();
    return readAt == null ? newest.millis() : Math.min(newest.millis(), readAt.toEpochMilli());
  }

  /**
   * Finds the workspaces of an event: those of the account that it concerns, and all if it concerns
   * no account or one whose workspace is not known, such as one that was removed since.
   */
  private Addressed address(AdminEvent event) {
    Set<UUID> concerned = new HashSet<>(event.workspaces());
    event.account().flatMap(people::findWorkspaceOf).ifPresent(concerned::add);
    return new Addressed(event, concerned.isEmpty() ? reading.everywhere() : concerned);
  }

  /** Returns the seconds since the events were last read to their end; 0 if they are not read. */
  double secondsBehind() {
    return obstacle.isPresent() ? 0 : (nanos.getAsLong() - lastRead.get()) / 1e9;
  }

  /** Returns 1 while changes are not recorded, although nobody configured that. */
  int off() {
    return obstacle.isPresent() || recorded ? 0 : 1;
  }
}
