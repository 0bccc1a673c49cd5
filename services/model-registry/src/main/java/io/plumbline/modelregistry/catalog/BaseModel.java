package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.PriceDecision;
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
  private @Nullable BigDecimal inputPerMillion;
  private @Nullable BigDecimal cachedInputPerMillion;
  private @Nullable BigDecimal outputPerMillion;
  private @Nullable String currency;
  private @Nullable UUID priceProposalId;
  private @Nullable String priceProposedBy;
  private @Nullable String priceApprovedBy;
  private @Nullable UUID priceApprovalId;
  private @Nullable Instant priceValidFrom;
  private String licence;
  private boolean tunable;
  private boolean tuned;
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
    if (listing.prices() != null) {
      setPrices(listing.prices());
    }
    this.licence = listing.licence();
    this.tunable = listing.tunable();
    this.tuned = listing.tuned();
    this.deprecatedOn = listing.deprecatedOn();
    this.listedBy = listedBy;
    this.listedAt = now;
  }

  void update(BaseModelChanges changes) {
    description = Objects.requireNonNullElse(changes.description(), description);
    contextWindow = Objects.requireNonNullElse(changes.contextWindow(), contextWindow);
    licence = Objects.requireNonNullElse(changes.licence(), licence);
    deprecatedOn = changes.deprecatedOn() == null ? deprecatedOn : changes.deprecatedOn();
  }

  /** Puts prices in force that a second person has approved. */
  void putInForce(Prices prices, PriceDecision decision) {
    setPrices(prices);
    priceProposalId = decision.proposalId();
    priceProposedBy = decision.proposedBy();
    priceApprovedBy = decision.approvedBy();
    priceApprovalId = decision.approvalId();
    priceValidFrom = decision.validFrom();
  }

  private void setPrices(Prices prices) {
    inputPerMillion = prices.input().perMillion();
    cachedInputPerMillion = perMillionOrNull(prices.cachedInput());
    outputPerMillion = prices.output().perMillion();
    currency = prices.currency();
  }

  private static @Nullable BigDecimal perMillionOrNull(@Nullable Price price) {
    return price == null ? null : price.perMillion();
  }

  private @Nullable Prices prices() {
    if (inputPerMillion == null || outputPerMillion == null || currency == null) {
      return null;
    }
    return Prices.of(inputPerMillion, cachedInputPerMillion, outputPerMillion, currency);
  }

  /** Returns who decided the prices; absent where no two people did. */
  @Nullable PriceDecision priceDecision() {
    if (priceProposalId == null
        || priceProposedBy == null
        || priceApprovedBy == null
        || priceApprovalId == null
        || priceValidFrom == null) {
      return null;
    }
    return new PriceDecision(
        priceProposalId, priceProposedBy, priceApprovedBy, priceApprovalId, priceValidFrom);
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
        tuned,
        deprecatedOn);
  }

  String listedBy() {
    return listedBy;
  }

  Instant listedAt() {
    return listedAt;
  }
}
