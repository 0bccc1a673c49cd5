package io.plumbline.datasetregistry.dataset;

import io.plumbline.platform.data.VersionedEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A named collection of rows; each upload adds an immutable version. */
@Entity
// The database permits changes to the description and the counters only.
@DynamicUpdate
@Table(name = "dataset")
public class Dataset extends VersionedEntity {

  /**
   * The properties of a dataset that people may change.
   *
   * @param licence the licence of the rows, preferably an SPDX identifier; empty when unknown
   * @param legalBasis the legal basis for the personal data in them (GDPR article 6); empty when
   *     none is given
   */
  public record Description(String description, String licence, String legalBasis) {}

  /**
   * The columns that are read from an upload. They are fixed, because versions are compared.
   *
   * @param text absent, like label, for kinds whose rows have members with fixed names
   * @param labels empty when any label is allowed
   */
  public record Columns(@Nullable String text, @Nullable String label, List<String> labels) {

    static final Columns NONE = new Columns(null, null, List.of());

    public Columns {
      labels = List.copyOf(labels);
    }
  }

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String name;

  @Enumerated(EnumType.STRING)
  private DatasetKind kind;

  private String description;
  private String licence;
  private String legalBasis;
  private @Nullable String textColumn;
  private @Nullable String labelColumn;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> labels;

  private int latestVersion;
  private String createdBy;
  private Instant createdAt;

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Dataset() {}

  Dataset(
      UUID id,
      UUID workspaceId,
      String name,
      DatasetKind kind,
      Description description,
      Columns columns,
      String createdBy,
      Instant createdAt) {
    this.id = id;
    this.workspaceId = workspaceId;
    this.name = name;
    this.kind = kind;
    this.textColumn = columns.text();
    this.labelColumn = columns.label();
    this.labels = columns.labels();
    this.createdBy = createdBy;
    this.createdAt = createdAt;
    this.description = description.description();
    this.licence = description.licence();
    this.legalBasis = description.legalBasis();
  }

  void update(Description changed) {
    description = changed.description();
    licence = changed.licence();
    legalBasis = changed.legalBasis();
  }

  int allocateVersionNumber() {
    return ++latestVersion;
  }

  public String name() {
    return name;
  }

  public DatasetKind kind() {
    return kind;
  }

  public Description description() {
    return new Description(description, licence, legalBasis);
  }

  public Columns columns() {
    return new Columns(textColumn, labelColumn, labels);
  }

  public int latestVersion() {
    return latestVersion;
  }

  public String createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
