package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of the catalogue. */
@Entity
@Table(name = "base_model")
public class BaseModel {

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String name;
  private String modelDigest;

  @Column(name = "provider")
  private String provider;

  @Enumerated(EnumType.STRING)
  private ModelKind kind;

  private String description;
  private int contextWindow;
  private BigDecimal inputPerMillion;
  private BigDecimal outputPerMillion;
  private String licence;
  private boolean tunable;
  private @Nullable LocalDate deprecatedOn;
  private String listedBy;
  private Instant listedAt;

  /** Absent until saved: that is how an entity whose id we give is known to be new. */
  @Version private @Nullable Long version;

  /** For JPA alone. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected BaseModel() {}

  BaseModel(UUID id, UUID workspace, Listing listing, String listedBy, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.name = listing.name().value();
    this.modelDigest = listing.modelDigest().hex();
    this.provider = listing.name().provider();
    this.kind = listing.kind();
    this.description = listing.description();
    this.contextWindow = listing.contextWindow();
    this.inputPerMillion = listing.inputPerMillion();
    this.outputPerMillion = listing.outputPerMillion();
    this.licence = listing.licence();
    this.tunable = listing.tunable();
    this.deprecatedOn = listing.deprecatedOn();
    this.listedBy = listedBy;
    this.listedAt = now;
  }

  /** What somebody corrects: never what the model is. */
  void revise(Revision revision) {
    description = Objects.requireNonNullElse(revision.description(), description);
    contextWindow = Objects.requireNonNullElse(revision.contextWindow(), contextWindow);
    inputPerMillion = Objects.requireNonNullElse(revision.inputPerMillion(), inputPerMillion);
    outputPerMillion = Objects.requireNonNullElse(revision.outputPerMillion(), outputPerMillion);
    licence = Objects.requireNonNullElse(revision.licence(), licence);
    deprecatedOn = revision.deprecatedOn() == null ? deprecatedOn : revision.deprecatedOn();
  }

  /** Takes note that other weights, or another recipe, are installed under the name. */
  boolean installed(Digest digest) {
    boolean another = !modelDigest.equals(digest.hex());
    modelDigest = digest.hex();
    return another;
  }

  Listing listing() {
    return new Listing(
        BaseModelName.of(name),
        new Digest(modelDigest),
        kind,
        description,
        contextWindow,
        inputPerMillion.stripTrailingZeros(),
        outputPerMillion.stripTrailingZeros(),
        licence,
        tunable,
        deprecatedOn);
  }

  UUID id() {
    return id;
  }

  String listedBy() {
    return listedBy;
  }

  Instant listedAt() {
    return listedAt;
  }

  long revision() {
    return Objects.requireNonNull(version, "not saved yet");
  }
}
