package io.plumbline.strategy.application;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.data.VersionedEntity;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/**
 * An LLM feature under governance. Each event published about it raises its revision, which orders
 * those events.
 */
@Entity
// The database refuses every update except that of the counter.
@DynamicUpdate
@Table(name = "application")
// Some fields are written through Hibernate and read through SQL alone.
@SuppressWarnings("UnusedVariable")
public class Application extends VersionedEntity {

  @Id private UUID id;
  private UUID workspaceId;
  private String name;
  private String purpose;
  private String owner;

  @Enumerated(EnumType.STRING)
  private Criticality criticality;

  @Enumerated(EnumType.STRING)
  private TaskType task;

  private long monthlyVolume;
  private String registeredBy;
  private Instant registeredAt;
  private int publishedEvents;

  /** The constructor for Hibernate, which sets the fields afterwards. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Application() {}

  Application(UUID id, UUID workspace, Registration registration, String actor, Instant at) {
    this.id = id;
    this.workspaceId = workspace;
    this.name = registration.name();
    this.purpose = registration.purpose();
    this.owner = registration.owner();
    this.criticality = registration.criticality();
    this.task = registration.task();
    this.monthlyVolume = registration.monthlyVolume();
    this.registeredBy = actor;
    this.registeredAt = at;
  }

  /** Counts an event that is published about the application, which raises its revision. */
  void incrementPublishedEvents() {
    publishedEvents++;
  }

  public UUID id() {
    return id;
  }

  ApplicationView view() {
    return new ApplicationView(
        id, name, purpose, owner, criticality, task, monthlyVolume, registeredBy, registeredAt);
  }
}
