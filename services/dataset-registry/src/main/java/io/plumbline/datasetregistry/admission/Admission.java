package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Outcome;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * What was last decided about a version. A new decision replaces the former one, in both
 * directions.
 */
@Entity
@Table(name = "admission")
@SuppressWarnings({
  "NullAway.Init",
  "UnusedVariable"
}) // Hibernate fills the fields after the constructor it needs, and reads them.
class Admission {

  @Id private UUID id;
  private UUID workspaceId;
  private String dataset;
  private int number;

  @Enumerated(EnumType.STRING)
  private Outcome outcome;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> purposes;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> reasons;

  private @Nullable Digest policyDigest;
  private String decidedBy;
  private Instant decidedAt;
  @Version private @Nullable Long version;

  protected Admission() {}

  Admission(UUID id, UUID workspaceId, String dataset, int number) {
    this.id = id;
    this.workspaceId = workspaceId;
    this.dataset = dataset;
    this.number = number;
  }

  void decide(
      List<String> admittedTo,
      List<String> refusedFor,
      @Nullable Digest policies,
      String by,
      Instant now) {
    outcome = refusedFor.isEmpty() ? Outcome.PASS : Outcome.FAIL;
    purposes = List.copyOf(admittedTo);
    reasons = List.copyOf(refusedFor);
    policyDigest = policies;
    decidedBy = by;
    decidedAt = now;
  }

  long version() {
    return version == null ? 0 : version;
  }
}
