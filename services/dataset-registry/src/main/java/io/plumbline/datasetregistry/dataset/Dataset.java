package io.plumbline.datasetregistry.dataset;

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

/** A named body of rows that grows by immutable versions. */
@Entity
@Table(name = "dataset")
@SuppressWarnings({
  "NullAway.Init",
  "UnusedVariable"
}) // Hibernate fills the fields after the constructor it needs, and reads them.
public class Dataset {

  /**
   * What is said about a dataset and may change.
   *
   * @param licence under which the rows may be used, best as an SPDX identifier; empty when unknown
   * @param legalBasis for the personal data in them (GDPR article 6); empty when none is given
   */
  public record Description(String description, String licence, String legalBasis) {}

  /**
   * Which columns are read; fixed, because versions are compared.
   *
   * @param labels empty when any label may come
   */
  public record Columns(String text, @Nullable String label, List<String> labels) {
    public Columns {
      labels = List.copyOf(labels);
    }
  }

  @Id private UUID id;
  private UUID workspaceId;
  private String name;

  @Enumerated(EnumType.STRING)
  private DatasetKind kind;

  private String description;
  private String licence;
  private String legalBasis;
  private String textColumn;
  private @Nullable String labelColumn;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> labels;

  private int latestVersion;
  private String createdBy;
  private Instant createdAt;
  @Version private @Nullable Long version;

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
    describe(description);
  }

  void describe(Description now) {
    description = now.description();
    licence = now.licence();
    legalBasis = now.legalBasis();
  }

  int nextVersion() {
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

  public long version() {
    return version == null ? 0 : version;
  }

  /**
   * Orders what is told about the dataset; begins at 1, since a projection takes 0 for nothing
   * known.
   */
  long order() {
    return version() + 1;
  }
}
