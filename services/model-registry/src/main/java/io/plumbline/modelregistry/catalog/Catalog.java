package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists base models and revises what is said of them. */
@Service
public class Catalog {

  /** An entry and the number of its state. */
  public record Entry(Listing listing, String listedBy, Instant listedAt, long revision) {

    static Entry of(BaseModel model) {
      return new Entry(model.listing(), model.listedBy(), model.listedAt(), model.revision());
    }
  }

  private final BaseModels models;
  private final Outbox outbox;
  private final Clock clock;

  Catalog(BaseModels models, Outbox outbox, Clock clock) {
    this.models = models;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  public Entry list(Listing listing) {
    if (models.existsByName(listing.name().value())) {
      throw new Problem(
              CatalogProblem.ALREADY_LISTED,
              "Revise the entry with PATCH, or list it under another name.")
          .at("/name", "'" + listing.name().value() + "' is listed");
    }
    Caller caller = Caller.current();
    return tell(
        new BaseModel(
            Ids.next(),
            caller.workspace(),
            listing,
            caller.actor(),
            clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  @Transactional
  public Entry revise(BaseModelName name, Revision revision, IfMatch ifMatch) {
    BaseModel model = models.findForChangeByName(name.value()).orElseThrow(Problem::notFound);
    ifMatch.require(model.revision());
    model.revise(revision);
    return tell(model);
  }

  /** Lists what is installed, or takes note of another build; what people have revised stays. */
  @Transactional
  public void install(Listing listing) {
    Optional<BaseModel> known = models.findForChangeByName(listing.name().value());
    if (known.isEmpty()) {
      list(listing);
    } else if (known.get().installed(listing.modelDigest())) {
      tell(known.get());
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
        models.findByNameGreaterThanOrderByName(after, Limit.of(request.fetch())).stream()
            .map(Entry::of)
            .toList();
    return Page.of(
        found, request, entry -> List.of(entry.listing().name().value()), models.count());
  }

  private Entry tell(BaseModel changed) {
    BaseModel model = models.saveAndFlush(changed);
    Listing listing = model.listing();
    String name = listing.name().value();
    outbox.append(
        new BaseModelListed(
            name,
            listing.modelDigest(),
            listing.name().provider(),
            listing.contextWindow(),
            Money.usd(listing.inputPerMillion()),
            Money.usd(listing.outputPerMillion()),
            listing.licence(),
            listing.deprecatedOn(),
            listing.tunable()),
        // Hibernate counts from 0, and a projection takes 0 for nothing known.
        name,
        model.revision() + 1);
    return Entry.of(model);
  }
}
