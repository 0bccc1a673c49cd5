package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.PriceDecision;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of the base models that can be used, with prices and licences. */
@Service
public class BaseModelCatalog {

  /**
   * An entry and its revision, for the ETag.
   *
   * @param priceDecision who decided the prices; absent where no two people did
   */
  public record Entry(
      Listing listing,
      @Nullable PriceDecision priceDecision,
      String listedBy,
      Instant listedAt,
      long revision) {

    static Entry of(BaseModel model) {
      return new Entry(
          model.listing(),
          model.priceDecision(),
          model.listedBy(),
          model.listedAt(),
          model.revision());
    }
  }

  private static final String FIRST_PRICES = "The first prices of the model.";
  private static final String NEW_PRICES = "Other prices of the model.";

  private final BaseModels models;
  private final PriceProposals proposals;
  private final Outbox outbox;
  private final Clock clock;
  private final Quota quota;

  BaseModelCatalog(
      BaseModels models,
      PriceProposals proposals,
      Outbox outbox,
      Clock clock,
      JdbcClient sql,
      @Value("${plumbline.base-models.per-workspace:1000}") long perWorkspace) {
    this.models = models;
    this.proposals = proposals;
    this.outbox = outbox;
    this.clock = clock;
    this.quota = new Quota(sql, "plumbline.base-models.per-workspace", perWorkspace);
  }

  /**
   * Lists a model without a price.
   *
   * @param prices the first prices, which take effect once a second person has approved them;
   *     absent if none are proposed
   * @param reason where the prices come from
   */
  @Transactional
  public Entry create(Listing listing, @Nullable Prices prices, @Nullable String reason) {
    quota.lock("");
    if (models.existsByName(listing.name().value())) {
      throw new Problem(
              CatalogProblem.ALREADY_LISTED,
              ("The catalogue already lists '%s'. Update its entry with PATCH, or choose another"
                      + " name.")
                  .formatted(listing.name().value()))
          .withFieldError("/name", "'" + listing.name().value() + "' is already listed");
    }
    quota.requireRoom(
        "The workspace",
        "base models",
        "Update an entry that exists with PATCH.",
        "base_model WHERE workspace_id = ?",
        Caller.current().workspace());
    Entry entry = add(listing);
    if (prices != null) {
      proposals.request(
          listing.name().value(), null, prices, Objects.requireNonNullElse(reason, FIRST_PRICES));
    }
    return entry;
  }

  private Entry add(Listing listing) {
    Caller caller = Caller.current();
    return save(
        new BaseModel(Ids.next(), caller.workspace(), listing, caller.actor(), clock.instant()));
  }

  /**
   * Changes an entry. Changed prices are proposed and take effect once a second person has approved
   * them.
   *
   * @param reason why the prices change
   */
  @Transactional
  public Entry update(
      BaseModelName name,
      BaseModelChanges changes,
      PriceFields fields,
      @Nullable String reason,
      IfMatch ifMatch) {
    BaseModel model = models.findForChangeByName(name.value()).orElseThrow(Problem::notFound);
    ifMatch.require(model.revision());
    Prices former = model.listing().prices();
    Prices prices = fields.over(former);
    if (prices != null) {
      String given = Objects.requireNonNullElse(reason, former == null ? FIRST_PRICES : NEW_PRICES);
      proposals.request(name.value(), former, prices, given);
    }
    if (changes.isEmpty()) {
      return Entry.of(model);
    }
    model.update(changes);
    return save(model);
  }

  /**
   * Returns the prices in force and locks the entry until the transaction ends.
   *
   * @return null if the model has no prices
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public @Nullable Prices lockPrices(String name) {
    return models.findForChangeByName(name).orElseThrow().listing().prices();
  }

  /**
   * Puts prices in force that a second person has approved, and ends the other proposals of the
   * model, because they were made about the former ones.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void putInForce(String name, Prices prices, PriceDecision decision) {
    BaseModel model = models.findForChangeByName(name).orElseThrow();
    model.putInForce(prices, decision);
    save(model);
    proposals.endOutdated(name, prices);
  }

  /** Lists an installed model, or updates its digest; everything that people have updated stays. */
  @Transactional
  public void registerInstalled(Listing listing) {
    Optional<BaseModel> listed = models.findForChangeByName(listing.name().value());
    if (listed.isEmpty()) {
      add(listing);
    } else if (listed.get().updateDigest(listing.modelDigest())) {
      save(listed.get());
    }
  }

  @Transactional(readOnly = true)
  public Optional<Entry> find(BaseModelName name) {
    return models.findByName(name.value()).map(Entry::of);
  }

  @Transactional(readOnly = true)
  public Page<Entry> page(PageRequest request) {
    String after = request.afterName();
    List<Entry> found =
        models.findByNameGreaterThanOrderByName(after, Limit.of(request.fetchSize())).stream()
            .map(Entry::of)
            .toList();
    return Page.of(
        found, request, entry -> List.of(entry.listing().name().value()), models.count());
  }

  private Entry save(BaseModel changed) {
    BaseModel model = models.saveAndFlush(changed);
    Listing listing = model.listing();
    String name = listing.name().value();
    Prices prices = listing.prices();
    Price cached = prices == null ? null : prices.cachedInput();
    outbox.append(
        new BaseModelListed(
            name,
            listing.modelDigest(),
            listing.name().provider(),
            listing.contextWindow(),
            prices == null ? null : prices.input().toMoney(),
            cached == null ? null : cached.toMoney(),
            prices == null ? null : prices.output().toMoney(),
            listing.licence(),
            listing.deprecatedOn(),
            listing.tunable(),
            model.priceDecision(),
            listing.tuned() ? Boolean.TRUE : null),
        name,
        model.aggregateVersion());
    return Entry.of(model);
  }
}
