package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.data.DigestConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** The latest decision about a version; a new one replaces it, whichever way it goes. */
@Entity
@Table(name = "admission")
class Admission {

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  @Column(name = "dataset")
  private String dataset;

  @Column(name = "number")
  private int number;

  @Column(name = "outcome")
  @Enumerated(EnumType.STRING)
  private Outcome outcome;

  @Column(name = "requested")
  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> requested;

  @Column(name = "purposes")
  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> purposes;

  @Column(name = "reasons")
  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> reasons;

  @Column(name = "policy_digest")
  @Convert(converter = DigestConverter.class)
  private @Nullable Digest policyDigest;

  @Column(name = "decided_by")
  private String decidedBy;

  @Column(name = "decided_at")
  private Instant decidedAt;

  /** Absent until saved: this is how Spring Data sees that an entity with an id of ours is new. */
  @Version private @Nullable Long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Admission() {}

  /** Undecided until {@link #decide}. */
  @SuppressWarnings("NullAway.Init") // decide() follows before it is saved
  Admission(UUID id, UUID workspaceId, String dataset, int number) {
    this.id = id;
    this.workspaceId = workspaceId;
    this.dataset = dataset;
    this.number = number;
  }

  String dataset() {
    return dataset;
  }

  int number() {
    return number;
  }

  /** The purposes that were asked for, whether they are admitted or not. */
  List<String> requested() {
    return requested;
  }

  /** Whether a decision says the same as this one, for the same reasons by the same policies. */
  boolean says(List<String> admittedTo, List<String> refusedFor, @Nullable Digest policies) {
    return purposes.equals(admittedTo)
        && reasons.equals(refusedFor)
        && Objects.equals(policyDigest, policies);
  }

  void decide(
      List<String> asked,
      List<String> admittedTo,
      List<String> refusedFor,
      @Nullable Digest policies,
      String by,
      Instant now) {
    outcome = refusedFor.isEmpty() ? Outcome.PASS : Outcome.FAIL;
    requested = List.copyOf(asked);
    purposes = List.copyOf(admittedTo);
    reasons = List.copyOf(refusedFor);
    policyDigest = policies;
    decidedBy = by;
    decidedAt = now;
  }

  Outcome outcome() {
    return outcome;
  }

  /** How many decisions came before this one. */
  long revision() {
    return Objects.requireNonNull(version, "not saved yet");
  }
}
