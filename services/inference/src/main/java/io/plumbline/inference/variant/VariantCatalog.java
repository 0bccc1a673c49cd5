package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.Catalog;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.projection.ProjectionReader;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** Composes variants of parts that are known, and finds them again by digest. */
@Component
public class VariantCatalog {

  private static final TypeReference<VariantParameters> PARAMETERS = new TypeReference<>() {};
  private static final String COLUMNS =
      "variant_digest, application, name, prompt_digest, model, model_digest, index_digest,"
          + " parameters, authors, created_by, created_at";

  /** What a model name stands for: its digest, and who made it. */
  private record Model(@Nullable Digest digest, @Nullable String author) {}

  private final JdbcClient sql;
  private final JsonColumn json;
  private final ProjectionReader knowledge;
  private final Catalog catalog;
  private final LocalModels localModels;
  private final IndexCatalog indexes;
  private final Providers providers;
  private final Outbox outbox;
  private final WorkspaceCaches views;
  private final Clock clock;
  private final WorkspaceCache<Map<Digest, Variant>> known;

  // Many parameters, because a variant is where all parts meet.
  VariantCatalog(
      JdbcClient sql,
      JsonColumn json,
      ProjectionReader knowledge,
      Catalog catalog,
      LocalModels localModels,
      IndexCatalog indexes,
      Providers providers,
      Outbox outbox,
      WorkspaceCaches views,
      Clock clock) {
    this.sql = sql;
    this.json = json;
    this.knowledge = knowledge;
    this.catalog = catalog;
    this.localModels = localModels;
    this.indexes = indexes;
    this.providers = providers;
    this.outbox = outbox;
    this.views = views;
    this.clock = clock;
    this.known = views.of(this::all);
  }

  public Optional<Variant> find(UUID workspace, Digest digest) {
    return known.find(workspace, variants -> variants.get(digest));
  }

  /** The same parts give the same variant: composing them again returns what is there. */
  @Transactional
  public Variant compose(
      String application,
      String name,
      Digest prompt,
      String model,
      @Nullable Digest index,
      VariantParameters parameters) {
    Caller caller = Caller.current();
    if (knowledge.criticality(application).isEmpty()) {
      throw Problem.notYetKnown("/application");
    }
    Set<String> authors = new TreeSet<>(knowledge.promptAuthors(prompt));
    if (authors.isEmpty()) {
      throw Problem.notYetKnown("/promptDigest");
    }
    Model resolved = model(caller.workspace(), model);
    if (resolved.author != null) {
      authors.add(resolved.author);
    }
    if (index != null) {
      authors.add(indexes.builder(index).orElseThrow(() -> Problem.notYetKnown("/indexDigest")));
    } else if (parameters.retrievedExamples() != null) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "Retrieval needs something to retrieve from: pass indexDigest, or drop"
                  + " retrievedExamples.")
          .at("/parameters/retrievedExamples", "has no index");
    }
    authors.add(caller.actor());
    Variant variant =
        new Variant(
            Variant.digest(application, prompt, model, resolved.digest, index, parameters),
            application,
            name,
            prompt,
            model,
            resolved.digest,
            index,
            parameters,
            List.copyOf(authors),
            caller.actor(),
            clock.instant());
    if (!insert(caller.workspace(), variant)) {
      return read(variant.digest()).orElseThrow();
    }
    outbox.append(
        new InferenceEvent.VariantCreated(
            application,
            name,
            variant.digest(),
            prompt,
            model,
            resolved.digest,
            index,
            parameters.asText(),
            variant.authors()),
        variant.digest().hex(),
        1);
    views.changed();
    return variant;
  }

  @Transactional(readOnly = true)
  public Optional<Variant> read(Digest digest) {
    return sql.sql(
            "SELECT " + COLUMNS + " FROM variant WHERE workspace_id = ? AND variant_digest = ?")
        .params(Caller.current().workspace(), digest.hex())
        .query((row, index) -> variant(row))
        .optional();
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  public Page<Variant> list(@Nullable String application, PageRequest page) {
    List<String> after = page.after() == null ? List.of("infinity", "") : page.after();
    List<Variant> rows =
        sql.sql(
                "SELECT "
                    + COLUMNS
                    + """
                     FROM variant WHERE workspace_id = ? AND (?::text IS NULL OR application = ?)
                    AND (created_at, variant_digest) < (?::timestamptz, ?)
                    ORDER BY created_at DESC, variant_digest DESC LIMIT ?
                    """)
            .param(Caller.current().workspace())
            .param(application)
            .param(application)
            .param(after.getFirst())
            .param(after.getLast())
            .param(page.fetch())
            .query((row, index) -> variant(row))
            .list();
    long count =
        sql.sql(
                "SELECT count(*) FROM (SELECT 1 FROM variant WHERE workspace_id = ? AND (?::text IS"
                    + " NULL OR application = ?) LIMIT 10001) found")
            .param(Caller.current().workspace())
            .param(application)
            .param(application)
            .query(Long.class)
            .single();
    return Page.of(
        rows, page, row -> List.of(row.createdAt().toString(), row.digest().hex()), count);
  }

  private Model model(UUID workspace, String name) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      if (local.get().kind() != LocalModels.Kind.CHOICE) {
        throw new Problem(
                CommonProblem.UNPROCESSABLE,
                "A variant answers chat requests. " + local.get().notice())
            .at("/model", "does not chat");
      }
      return new Model(localModels.digest(local.get()), null);
    }
    if (name.contains("@")) {
      ModelVersion version =
          catalog.model(workspace, name).orElseThrow(() -> Problem.notYetKnown("/model"));
      return new Model(version.modelDigest(), version.author());
    }
    if (providers.find(workspace, name).isPresent()) {
      return new Model(null, null);
    }
    throw Problem.notYetKnown("/model");
  }

  private boolean insert(UUID workspace, Variant variant) {
    Digest model = variant.modelDigest();
    Digest index = variant.index();
    return sql.sql(
                """
                INSERT INTO variant (workspace_id, variant_digest, application, name, prompt_digest, model, model_digest, index_digest, parameters,
                  authors, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(workspace)
            .param(variant.digest().hex())
            .param(variant.application())
            .param(variant.name())
            .param(variant.prompt().hex())
            .param(variant.model())
            .param(model == null ? null : model.hex())
            .param(index == null ? null : index.hex())
            .param(json.write(variant.parameters()))
            .param(json.write(variant.authors()))
            .param(variant.createdBy())
            .param(variant.createdAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  private Map<Digest, Variant> all() {
    Map<Digest, Variant> variants = new TreeMap<>();
    sql.sql("SELECT " + COLUMNS + " FROM variant WHERE workspace_id = ?")
        .params(Caller.current().workspace())
        .query((row, index) -> variant(row))
        .list()
        .forEach(variant -> variants.put(variant.digest(), variant));
    return variants;
  }

  private Variant variant(ResultSet row) throws SQLException {
    return new Variant(
        new Digest(row.getString(1)),
        row.getString(2),
        row.getString(3),
        new Digest(row.getString(4)),
        row.getString(5),
        digest(row.getString(6)),
        digest(row.getString(7)),
        json.read(row.getString(8), PARAMETERS),
        json.strings(row.getString(9)),
        row.getString(10),
        row.getObject(11, OffsetDateTime.class).toInstant());
  }

  private static @Nullable Digest digest(@Nullable String hex) {
    return hex == null ? null : new Digest(hex);
  }
}
