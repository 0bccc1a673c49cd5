package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.DigestConverter;
import io.plumbline.platform.data.VersionedEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** An entry of the catalogue. */
@Entity
// The database lets only the columns be changed that an update may write.
@DynamicUpdate
@Table(name = "base_model")
public class BaseModel extends VersionedEntity {

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String name;

  @Convert(converter = DigestConverter.class)
  private Digest modelDigest;

  @Column(name = "provider")
  private String provider;

  @Enumerated(EnumType.STRING)
  private ModelKind kind;

  private String description;
  private int contextWindow;
  private BigDecimal inputPerMillion;
  private @Nullable BigDecimal cachedInputPerMillion;
  private BigDecimal outputPerMillion;
  private String currency;
  private String licence;
  private boolean tunable;
  private @Nullable LocalDate deprecatedOn;
  private String listedBy;
  private Instant listedAt;

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected BaseModel() {}

  BaseModel(UUID id, UUID workspace, Listing listing, String listedBy, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.name = listing.name().value();
    this.modelDigest = listing.modelDigest();
    this.provider = listing.name().provider();
    this.kind = listing.kind();
    this.description = listing.description();
    this.contextWindow = listing.contextWindow();
    this.inputPerMillion = listing.prices().input().perMillion();
    this.cachedInputPerMillion = perMillionOrNull(listing.prices().cachedInput());
    this.outputPerMillion = listing.prices().output().perMillion();
    this.currency = listing.prices().currency();
    this.licence = listing.licence();
    this.tunable = listing.tunable();
    this.deprecatedOn = listing.deprecatedOn();
    this.listedBy = listedBy;
    this.listedAt = now;
  }

  void update(BaseModelChanges changes) {
    description = Objects.requireNonNullElse(changes.description(), description);
    contextWindow = Objects.requireNonNullElse(changes.contextWindow(), contextWindow);
    Prices before = prices();
    Prices prices =
        new Prices(
            Objects.requireNonNullElse(changes.inputPrice(), before.input()),
            changes.cachedInputPrice() == null ? before.cachedInput() : changes.cachedInputPrice(),
            Objects.requireNonNullElse(changes.outputPrice(), before.output()));
    inputPerMillion = prices.input().perMillion();
    cachedInputPerMillion = perMillionOrNull(prices.cachedInput());
    outputPerMillion = prices.output().perMillion();
    currency = prices.currency();
    licence = Objects.requireNonNullElse(changes.licence(), licence);
    deprecatedOn = changes.deprecatedOn() == null ? deprecatedOn : changes.deprecatedOn();
  }

  private static @Nullable BigDecimal perMillionOrNull(@Nullable Price price) {
    return price == null ? null : price.perMillion();
  }

  private Prices prices() {
    return new Prices(
        new Price(inputPerMillion, currency),
        cachedInputPerMillion == null ? null : new Price(cachedInputPerMillion, currency),
        new Price(outputPerMillion, currency));
  }

  /**
   * Records the digest of the weights and recipe that are installed under the name.
   *
   * @return whether it differs from the one before
   */
  boolean updateDigest(Digest digest) {
    boolean changed = !modelDigest.equals(digest);
    modelDigest = digest;
    return changed;
  }

  Listing listing() {
    return new Listing(
        BaseModelName.of(name),
        modelDigest,
        kind,
        description,
        contextWindow,
        prices(),
        licence,
        tunable,
        deprecatedOn);
  }

  String listedBy() {
    return listedBy;
  }

  Instant listedAt() {
    return listedAt;
  }
}
