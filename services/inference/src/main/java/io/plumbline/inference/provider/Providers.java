package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.contracts.InferenceEvent.ProviderConnected;
import io.plumbline.contracts.InferenceEvent.ProviderDisconnected;
import io.plumbline.contracts.InferenceEvent.ProviderKeyReplaced;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The providers that a workspace may call. */
@Component
public class Providers {

  private static final String SELECT =
      "SELECT p.provider_id, p.name, p.models, p.version, p.created_by, p.created_at, "
          + Connections.COLUMNS
          + " FROM provider p JOIN ("
          + Connections.OPEN
          + ") ON c.workspace_id = p.workspace_id AND c.connection_digest = p.connection_digest"
          + " WHERE p.workspace_id = ?";

  /**
   * A provider with its version.
   *
   * @param version the number of its changes, by which its events are numbered
   */
  private record Row(Provider provider, long version) {}

  private final JdbcClient sql;
  private final JsonColumn json;
  private final Connections connections;
  private final AllowedAddressResolver addresses;
  private final Outbox outbox;
  private final ApplicationEventPublisher events;
  private final WorkspaceCaches caches;
  private final Clock clock;
  private final WorkspaceCache<Map<String, Provider>> cache;

  Providers(
      JdbcClient sql,
      JsonColumn json,
      Connections connections,
      AllowedAddressResolver addresses,
      Outbox outbox,
      ApplicationEventPublisher events,
      WorkspaceCaches caches,
      Clock clock) {
    this.sql = sql;
    this.json = json;
    this.connections = connections;
    this.addresses = addresses;
    this.outbox = outbox;
    this.events = events;
    this.caches = caches;
    this.clock = clock;
    this.cache = caches.create("providers", Set.of("provider", "open_connection"), this::readAll);
  }

  /**
   * Returns a model of a provider from the cache, which is loaded again, at intervals, when it
   * lacks the provider; empty when there is no such provider.
   *
   * @param name {@code <provider>/<model>}
   */
  public Optional<ProviderModel> findModel(UUID workspace, String name) {
    return findModelByName(name, provider -> find(workspace, provider));
  }

  /** Returns a model of a provider, from the database in the caller's transaction. */
  public Optional<ProviderModel> getModel(String name) {
    return findModelByName(name, provider -> getRow(provider).map(Row::provider));
  }

  private static Optional<ProviderModel> findModelByName(
      String name, Function<String, Optional<Provider>> providers) {
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      return Optional.empty();
    }
    return providers
        .apply(name.substring(0, slash))
        .map(provider -> new ProviderModel(provider.connection(), name.substring(slash + 1)));
  }

  /**
   * Reads a provider from the database, so that a key that another process just replaced is
   * current.
   */
  @Transactional(readOnly = true)
  public Optional<Provider> getProvider(String name) {
    return getRow(name).map(Row::provider);
  }

  Optional<Provider> find(UUID workspace, String name) {
    return cache.find(workspace, providers -> providers.get(name));
  }

  public Collection<Provider> all(UUID workspace) {
    return cache.get(workspace).values();
  }

  @Transactional
  public Provider create(
      String name, Endpoint endpoint, @Nullable String apiKey, List<String> models) {
    checkEndpoint(endpoint);
    Caller caller = Caller.current();
    boolean versioned = connections.open(name, endpoint, apiKey);
    int inserted =
        sql.sql(
                """
                INSERT INTO provider
                  (workspace_id, provider_id, name, connection_digest, models, version, created_by, created_at)
                VALUES (?, ?, ?, ?, ?::jsonb, 1, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                caller.workspace(),
                Ids.next(),
                name,
                endpoint.digest(name).hex(),
                json.write(models),
                caller.actor(),
                clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (inserted == 0) {
      throw new Problem(
              InferenceProblem.NAME_TAKEN,
              "The workspace already has a provider of this name. Choose another name, connect that"
                  + " provider to the other address, or delete it first.")
          .withFieldError("/name", "is already used");
    }
    return publishConnected(name, versioned);
  }

  /**
   * Connects a provider to another endpoint, which the names of its models resolve to from then on.
   * Variants keep the connection that they were created with.
   *
   * @param other the other endpoint, of the provider's kind
   * @param apiKey the key of the other endpoint; the former endpoint's key is never sent there
   */
  @Transactional
  public Provider connect(String name, Function<String, Endpoint> other, @Nullable String apiKey) {
    Row before = getRow(name).orElseThrow(Problem::notFound);
    Endpoint endpoint = other.apply(before.provider.connection().endpoint().kind());
    checkEndpoint(endpoint);
    Row row = lockRow(name);
    Digest digest = endpoint.digest(name);
    if (row.provider.connection().digest().equals(digest)) {
      throw new Problem(
              CommonProblem.CONFLICT,
              "The provider is connected to this address already. To use another key, replace the"
                  + " key.")
          .withFieldError("/baseUrl", "is the address at present");
    }
    boolean versioned = connections.open(name, endpoint, apiKey);
    sql.sql(
            "UPDATE provider SET connection_digest = ?, version = version + 1 WHERE workspace_id ="
                + " ? AND name = ?")
        .params(digest.hex(), Caller.current().workspace(), name)
        .update();
    return publishConnected(name, versioned);
  }

  private Provider publishConnected(String name, boolean versioned) {
    Row row = getRow(name).orElseThrow();
    Provider provider = row.provider;
    Connection connection = provider.connection();
    Endpoint endpoint = connection.endpoint();
    if (versioned) {
      outbox.append(
          new ConnectionVersioned(
              connection.digest(),
              name,
              endpoint.kind(),
              endpoint.origin(),
              Caller.current().actor()),
          connection.digest().hex(),
          1);
    }
    outbox.append(
        new ProviderConnected(
            provider.id(),
            name,
            connection.digest(),
            endpoint.kind(),
            endpoint.origin(),
            connection.hasKey(),
            provider.models()),
        provider.id().toString(),
        row.version);
    caches.invalidateAfterCommit("open_connection");
    return provider;
  }

  /**
   * Replaces the key of a connection.
   *
   * @param digest the connection whose key is replaced; absent for the current one
   */
  @Transactional
  public Provider replaceKey(String name, String apiKey, @Nullable Digest digest) {
    Row row = lockRow(name);
    Digest connection = Objects.requireNonNullElse(digest, row.provider.connection().digest());
    if (!connections.replaceKey(name, connection, apiKey)) {
      throw Problem.invalid("/connectionDigest", "must be a connection of this provider");
    }
    sql.sql("UPDATE provider SET version = version + 1 WHERE workspace_id = ? AND name = ?")
        .params(Caller.current().workspace(), name)
        .update();
    outbox.append(
        new ProviderKeyReplaced(row.provider.id(), name, connection),
        row.provider.id().toString(),
        row.version + 1);
    caches.invalidateAfterCommit("open_connection");
    return getRow(name).orElseThrow().provider;
  }

  /** Replaces the list of a provider's models. Existing variants keep theirs. */
  @Transactional
  public Provider replaceModels(String name, List<String> models) {
    lockRow(name);
    sql.sql(
            "UPDATE provider SET models = ?::jsonb, version = version + 1 WHERE workspace_id = ?"
                + " AND name = ?")
        .params(json.write(models), Caller.current().workspace(), name)
        .update();
    return publishConnected(name, false);
  }

  /**
   * Removes the provider and the keys of all of its connections.
   *
   * @throws Problem naming the release that one of the connections serves
   */
  @Transactional
  public void delete(String name) {
    Row row = lockRow(name);
    // The connections are closed first, and their rows stay locked, so that no release that starts
    // now is overlooked.
    events.publishEvent(new ProviderRemoval(name, connections.closeAll(name)));
    sql.sql("DELETE FROM provider WHERE workspace_id = ? AND name = ?")
        .params(Caller.current().workspace(), name)
        .update();
    outbox.append(
        new ProviderDisconnected(
            row.provider.id(), name, row.provider.connection().endpoint().origin()),
        row.provider.id().toString(),
        row.version + 1);
    caches.invalidateAfterCommit("open_connection");
  }

  private Row lockRow(String name) {
    boolean exists =
        sql.sql("SELECT 1 FROM provider WHERE workspace_id = ? AND name = ? FOR UPDATE")
            .params(Caller.current().workspace(), name)
            .query(Integer.class)
            .optional()
            .isPresent();
    if (!exists) {
      throw Problem.notFound();
    }
    return getRow(name).orElseThrow();
  }

  /**
   * Checks an endpoint early for problems that every call would have. The check that protects the
   * platform is the one at each call.
   */
  private void checkEndpoint(Endpoint endpoint) {
    if (endpoint.apiVersion() != null && !endpoint.protocol().takesApiVersion()) {
      throw Problem.invalid(
          "/apiVersion",
          "must be absent for a provider of kind %s, which is sent its version in a header"
              .formatted(endpoint.kind()));
    }
    if (endpoint.responseFormats() != ResponseFormats.JSON_SCHEMA
        && !endpoint.kind().equals(Protocol.OPENAI)) {
      throw Problem.invalid(
          "/responseFormats",
          "must be absent for a provider of kind %s, into whose own form they are translated"
              .formatted(endpoint.kind()));
    }
    if (!endpoint.passedFields().isEmpty() && !endpoint.kind().equals(Protocol.OPENAI)) {
      throw Problem.invalid(
          "/passedFields",
          "must be absent for a provider of kind %s, since requests are translated to its format"
              .formatted(endpoint.kind()));
    }
    URI url = endpoint.baseUrl();
    String host = url.getHost();
    if (host == null
        || !List.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw Problem.invalid(
          "/baseUrl",
          "must be an http or https URL without user, query and fragment, such as"
              + " https://api.example.com/v1");
    }
    endpoint
        .baseUrlWithoutOperation()
        .ifPresent(base -> {
          throw Problem.invalid(
              "/baseUrl",
              "must not end in '%s', which every call appends: use %s"
                  .formatted(url.toString().substring(base.toString().length()), base));
        });
    try {
      addresses.check(host, endpoint.port());
    } catch (AllowedAddressResolver.RefusedAddress e) {
      throw new Problem(InferenceProblem.PROVIDER_ADDRESS, e.messageForHost("The host of baseUrl"))
          .withFieldError("/baseUrl", "must resolve to public or allowed addresses only");
    } catch (UnknownHostException e) {
      throw new Problem(
              InferenceProblem.PROVIDER_ADDRESS,
              "The host of baseUrl does not resolve. Check its name.")
          .withFieldError("/baseUrl", "must have a host that resolves");
    }
  }

  private Optional<Row> getRow(String name) {
    return sql.sql(SELECT + " AND p.name = ?")
        .params(Caller.current().workspace(), name)
        .query((row, index) -> readRow(row))
        .optional()
        .flatMap(found -> found);
  }

  private Map<String, Provider> readAll() {
    Map<String, Provider> providers = new TreeMap<>();
    sql.sql(SELECT)
        .params(Caller.current().workspace())
        .query((row, index) -> readRow(row))
        .list()
        .forEach(found -> found.ifPresent(row -> providers.put(row.provider.name(), row.provider)));
    return providers;
  }

  /** Reads a provider from a row; empty when its connection does not match the digest. */
  private Optional<Row> readRow(ResultSet row) throws SQLException {
    Optional<Connection> connection = Connections.fromRow(row, json);
    if (connection.isEmpty()) {
      return Optional.empty();
    }
    Provider provider =
        new Provider(
            row.getObject("provider_id", UUID.class),
            row.getString("name"),
            connection.get(),
            json.readStrings(row.getString("models")),
            row.getString("created_by"),
            Columns.instant(row, "created_at"));
    return Optional.of(new Row(provider, row.getLong("version")));
  }
}
