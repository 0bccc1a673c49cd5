package io.plumbline.inference.variant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.InferenceEvent.FallbackModel;
import io.plumbline.contracts.InferenceEvent.PartAuthors;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.authorship.VariantPrompts;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.FairCache;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/**
 * Creates variants from their parts, and finds them by digest. A variant never changes, so it is
 * verified when it is read into memory, and not again while it stays there.
 */
@Component
public class VariantCatalog implements VariantPrompts {

  private static final Logger log = LoggerFactory.getLogger(VariantCatalog.class);
  private static final TypeReference<VariantParameters> PARAMETERS = new TypeReference<>() {};
  private static final TypeReference<CallerPolicy> CALLER_POLICY = new TypeReference<>() {};
  private static final TypeReference<List<PinnedModel>> FALLBACK = new TypeReference<>() {};
  private static final TypeReference<Abstention> ABSTENTION = new TypeReference<>() {};

  /** The characters of the variants in memory, some 1,000 each. */
  private static final int MAX_CHARACTERS = 8 << 20;

  private static final String COLUMNS =
      "variant_digest, application, name, prompt_digest, model, model_digest, connection_digest,"
          + " index_digest, parameters, caller_policy, overflow, fallback, abstention, authors,"
          + " created_by, created_at";

  private final JdbcClient sql;
  private final JsonColumn json;
  private final VariantParts parts;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final Clock clock;
  private final Counter changed;
  private final Quota quota;
  private final FairCache<Digest, Variant> cache;

  VariantCatalog(
      JdbcClient sql,
      JsonColumn json,
      VariantParts parts,
      Outbox outbox,
      WorkspaceCaches caches,
      Clock clock,
      MeterRegistry meters,
      @Value("${plumbline.variants.per-application:10000}") long perApplication) {
    this.sql = sql;
    this.json = json;
    this.parts = parts;
    this.outbox = outbox;
    this.caches = caches;
    this.clock = clock;
    this.changed =
        Counter.builder("plumbline.variants.changed")
            .description("Times that the row of a variant was not what its digest says")
            .register(meters);
    this.quota = new Quota(sql, "plumbline.variants.per-application", perApplication);
    this.cache =
        new FairCache<>(
            "variants", MAX_CHARACTERS, (digest, variant) -> variant.toString().length(), meters);
  }

  /** Returns a variant from memory, and reads the database only on its first use. */
  public Optional<Variant> find(UUID workspace, Digest digest) {
    return cache.find(workspace, digest).or(() -> caches.read(workspace, () -> load(digest)));
  }

  @Override
  public Optional<Digest> promptOf(Digest variant) {
    return find(Caller.current().workspace(), variant).map(Variant::prompt);
  }

  /**
   * Returns a variant from memory, or reads it in the caller's transaction. What is released is
   * loaded before it is called, so that it is served while the database is unavailable.
   */
  public Optional<Variant> load(Digest digest) {
    UUID workspace = Caller.current().workspace();
    Optional<Variant> cached = cache.find(workspace, digest);
    if (cached.isPresent()) {
      return cached;
    }
    Optional<Variant> read = get(digest);
    read.ifPresent(variant -> cache.put(workspace, digest, variant));
    return read;
  }

  /**
   * Creates a variant. The same parts give the same variant: creating it again returns the existing
   * one, as long as its model is one that its provider lists.
   *
   * @param requested the parameters; they omit the temperature only where none is given
   * @param fallback the names of the models that are called when the one before failed
   * @param abstention the abstention, whose answer was checked against the prompt before
   */
  @Transactional
  public Variant create(
      String application,
      String name,
      Digest prompt,
      String model,
      @Nullable Digest index,
      VariantParameters requested,
      CallerPolicy callerPolicy,
      ContextOverflowPolicy contextOverflowPolicy,
      List<String> fallback,
      @Nullable Abstention abstention) {
    Caller caller = Caller.current();
    VariantParts.Resolved resolved =
        parts.resolve(application, prompt, model, fallback, index, requested, abstention);
    PinnedModel main = resolved.main();
    // Without a temperature a model in this process picks its best option, the same each time.
    VariantParameters parameters =
        main.connection() == null ? requested.withTemperatureOmitted(false) : requested;
    Set<String> authors = new TreeSet<>(resolved.authors());
    authors.add(caller.actor());
    Variant variant =
        new Variant(
            Variant.digest(
                application,
                prompt,
                model,
                main.modelDigest(),
                main.connection(),
                index,
                parameters,
                callerPolicy,
                contextOverflowPolicy,
                resolved.fallback(),
                abstention),
            application,
            name,
            prompt,
            model,
            main.modelDigest(),
            main.connection(),
            index,
            parameters,
            callerPolicy,
            contextOverflowPolicy,
            resolved.fallback(),
            abstention,
            List.copyOf(authors),
            caller.actor(),
            clock.instant());
    return addOrGet(variant);
  }

  /**
   * Creates the variant that has the pinned parts of another over another index. No name is looked
   * up again, since it may stand for something else by now.
   *
   * @param indexAuthors the authors of the index
   */
  @Transactional
  public Variant createWithIndex(
      Variant former, Digest index, List<String> indexAuthors, String name) {
    Caller caller = Caller.current();
    Set<String> authors = new TreeSet<>(former.authors());
    authors.addAll(indexAuthors);
    authors.add(caller.actor());
    return addOrGet(
        former.withIndex(index, name, List.copyOf(authors), caller.actor(), clock.instant()));
  }

  /**
   * Returns the authors of each part of a variant as they are known now. Somebody may have become
   * one since it was created, such as by publishing equal content again. The authors that it was
   * created with are those of the part {@code variant}, without those of other parts.
   */
  @Transactional
  public List<PartAuthors> authors(Variant variant) {
    List<PartAuthors> all = new ArrayList<>(parts.authors(variant));
    Set<String> own = new TreeSet<>(variant.authors());
    all.forEach(each -> each.authors().forEach(own::remove));
    own.add(variant.createdBy());
    all.add(new PartAuthors("variant", List.copyOf(own)));
    return all;
  }

  private Variant addOrGet(Variant variant) {
    UUID workspace = Caller.current().workspace();
    quota.lock(variant.application());
    if (isStored(workspace, variant.digest())) {
      return get(variant.digest()).orElseThrow();
    }
    quota.requireRoom(
        "The application '%s'".formatted(variant.application()),
        "variants",
        "Use one that exists: none is ever deleted, because verdicts and releases name them.",
        "variant WHERE workspace_id = ? AND application = ?",
        workspace,
        variant.application());
    insert(workspace, variant);
    CallerPolicy callerPolicy = variant.callerPolicy();
    outbox.append(
        new InferenceEvent.VariantCreated(
            variant.application(),
            variant.name(),
            variant.digest(),
            variant.prompt(),
            variant.model(),
            variant.modelDigest(),
            variant.connection(),
            variant.index(),
            variant.parameters().asText(),
            callerPolicy.equals(CallerPolicy.DEFAULT) ? null : callerPolicy.permissionNames(),
            variant.overflow() == ContextOverflowPolicy.REFUSE ? null : variant.overflow().name(),
            fallbackEvents(variant),
            Optional.ofNullable(variant.abstention()).map(Abstention::toEvent).orElse(null),
            variant.authors()),
        variant.digest().hex(),
        1);
    return variant;
  }

  private static @Nullable List<FallbackModel> fallbackEvents(Variant variant) {
    if (variant.fallback().isEmpty()) {
      return null;
    }
    return variant.fallback().stream().map(PinnedModel::toEvent).toList();
  }

  @Transactional(readOnly = true)
  public Optional<Variant> get(Digest digest) {
    return sql.sql(
            "SELECT " + COLUMNS + " FROM variant WHERE workspace_id = ? AND variant_digest = ?")
        .params(Caller.current().workspace(), digest.hex())
        .query((row, index) -> readVariant(row))
        .optional()
        .filter(this::isIntact);
  }

  /** Lists variants, newest first. */
  @Transactional(readOnly = true)
  public Page<Variant> list(VariantFilter filter, PageRequest page) {
    List<String> after = page.after(2, VariantCatalog::checkedPosition, List.of("infinity", ""));
    SqlCondition sqlCondition = filter.condition(Caller.current().workspace());
    List<Variant> rows =
        sql.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM variant WHERE "
                    + sqlCondition.sql()
                    + """
                     AND (created_at, variant_digest) < (?::timestamptz, ?)
                    ORDER BY created_at DESC, variant_digest DESC LIMIT ?
                    """)
            .params(sqlCondition.parameters())
            .param(after.getFirst())
            .param(after.getLast())
            .param(page.fetchSize())
            .query((row, index) -> readVariant(row))
            .list();
    long count =
        Page.countRows(
            sql,
            "variant WHERE " + sqlCondition.sql(),
            sqlCondition.parameters().toArray(Object[]::new));
    return Page.of(
        rows, page, row -> List.of(row.createdAt().toString(), row.digest().hex()), count);
  }

  /** Returns the keys of a page token, and checks that the first key is a time. */
  private static List<String> checkedPosition(List<String> keys) {
    return List.of(Instant.parse(keys.getFirst()).toString(), keys.getLast());
  }

  private boolean isStored(UUID workspace, Digest digest) {
    return sql.sql("SELECT 1 FROM variant WHERE workspace_id = ? AND variant_digest = ?")
        .params(workspace, digest.hex())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private void insert(UUID workspace, Variant variant) {
    sql.sql(
            """
            INSERT INTO variant
              (workspace_id, variant_digest, application, name, prompt_digest, model, model_digest,
               connection_digest, index_digest, parameters, caller_policy, overflow, fallback, abstention,
               authors, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?)
            """)
        .param(workspace)
        .param(variant.digest().hex())
        .param(variant.application())
        .param(variant.name())
        .param(variant.prompt().hex())
        .param(variant.model())
        .param(variant.modelDigest().hex())
        .param(Optional.ofNullable(variant.connection()).map(Digest::hex).orElse(null))
        .param(Optional.ofNullable(variant.index()).map(Digest::hex).orElse(null))
        .param(json.write(variant.parameters()))
        .param(json.write(variant.callerPolicy()))
        .param(variant.overflow().name())
        .param(json.write(variant.fallback()))
        .param(Optional.ofNullable(variant.abstention()).map(json::write).orElse(null))
        .param(json.write(variant.authors()))
        .param(variant.createdBy())
        .param(variant.createdAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  private Variant readVariant(ResultSet row) throws SQLException {
    String abstention = row.getString("abstention");
    return new Variant(
        new Digest(row.getString("variant_digest")),
        row.getString("application"),
        row.getString("name"),
        new Digest(row.getString("prompt_digest")),
        row.getString("model"),
        new Digest(row.getString("model_digest")),
        Columns.digestOrNull(row, "connection_digest"),
        Columns.digestOrNull(row, "index_digest"),
        json.read(row.getString("parameters"), PARAMETERS),
        json.read(row.getString("caller_policy"), CALLER_POLICY),
        ContextOverflowPolicy.valueOf(row.getString("overflow")),
        json.read(row.getString("fallback"), FALLBACK),
        abstention == null ? null : json.read(abstention, ABSTENTION),
        json.readStrings(row.getString("authors")),
        row.getString("created_by"),
        Columns.instant(row, "created_at"));
  }

  /** Returns whether the row of a variant is unchanged; a changed one counts as not existing. */
  private boolean isIntact(Variant variant) {
    if (variant.isIntact()) {
      return true;
    }
    log.error(
        "The stored row of variant {} of application '{}' in workspace {} does not match its"
            + " digest. The variant counts as not existing",
        variant.digest(),
        variant.application(),
        Caller.current().workspace());
    changed.increment();
    return false;
  }
}
