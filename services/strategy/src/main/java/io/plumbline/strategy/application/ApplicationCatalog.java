package io.plumbline.strategy.application;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.StrategyProblem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Registers applications and publishes events about them in order. */
@Service
public class ApplicationCatalog {

  private final Applications applications;
  private final Outbox outbox;
  private final ApplicationEventPublisher internalEvents;
  private final Clock clock;
  private final Quota quota;

  ApplicationCatalog(
      Applications applications,
      Outbox outbox,
      ApplicationEventPublisher internalEvents,
      Clock clock,
      JdbcClient sql,
      @Value("${plumbline.applications.per-workspace:1000}") long perWorkspace) {
    this.applications = applications;
    this.outbox = outbox;
    this.internalEvents = internalEvents;
    this.clock = clock;
    this.quota = new Quota(sql, "plumbline.applications.per-workspace", perWorkspace);
  }

  @Transactional
  public ApplicationView register(Registration registration) {
    Caller caller = Caller.current();
    quota.lock("");
    if (applications.existsByName(registration.name())) {
      throw nameTakenProblem();
    }
    quota.requireRoom(
        "The workspace",
        "applications",
        "Use one that exists.",
        "application WHERE workspace_id = ?",
        caller.workspace());
    Application application;
    try {
      application =
          applications.saveAndFlush(
              new Application(
                  Ids.next(), caller.workspace(), registration, caller.actor(), clock.instant()));
    } catch (DataIntegrityViolationException e) {
      throw nameTakenProblem();
    }
    publish(
        registration.name(),
        new ApplicationRegistered(
            application.id(),
            registration.name(),
            registration.owner(),
            registration.purpose(),
            registration.criticality(),
            registration.task(),
            registration.monthlyVolume()));
    internalEvents.publishEvent(new ApplicationCreated(registration.name()));
    return application.view();
  }

  @Transactional(readOnly = true)
  public Optional<ApplicationView> find(String name) {
    return applications.findByName(name).map(Application::view);
  }

  @Transactional(readOnly = true)
  public Page<ApplicationView> list(PageRequest page) {
    String after = page.afterName();
    List<ApplicationView> rows =
        applications.findByNameGreaterThanOrderByName(after, Limit.of(page.fetchSize())).stream()
            .map(Application::view)
            .toList();
    return Page.of(rows, page, view -> List.of(view.name()), applications.count());
  }

  /**
   * Locks an application until the transaction ends, so that its changes happen one after another.
   *
   * @throws Problem 404 if there is no such application
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void lock(String name) {
    if (!lockIfKnown(name)) {
      throw Problem.notFound();
    }
  }

  /**
   * Locks an application like {@link #lock} if it exists.
   *
   * @return false if this workspace has no such application, which is no error for a reference in
   *     an event
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean lockIfKnown(String name) {
    return applications.findForChangeByName(name).isPresent();
  }

  /**
   * Publishes an event about an application and raises its version.
   *
   * @return the id of the published event
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID publish(String name, Event event) {
    Application application = applications.findForChangeByName(name).orElseThrow(Problem::notFound);
    application.incrementPublishedEvents();
    return outbox.append(event, name, applications.saveAndFlush(application).revision());
  }

  private static Problem nameTakenProblem() {
    return new Problem(
            StrategyProblem.NAME_TAKEN,
            "An application of this name exists; choose another name or use the existing one.")
        .withFieldError("/name", "is already the name of an application");
  }
}
