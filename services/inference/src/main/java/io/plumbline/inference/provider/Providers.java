package io.plumbline.inference.provider;

import io.plumbline.contracts.InferenceEvent.ProviderConnected;
import io.plumbline.contracts.InferenceEvent.ProviderDisconnected;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The providers that a workspace may call. */
@Component
public class Providers {

  private final JdbcClient sql;
  private final JsonColumn json;
  private final SecretBox secrets;
  private final PublicAddresses addresses;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final Clock clock;
  private final WorkspaceCache<Map<String, Provider>> cache;

  Providers(
      JdbcClient sql,
      JsonColumn json,
      SecretBox secrets,
      PublicAddresses addresses,
      Outbox outbox,
      WorkspaceCaches caches,
      Clock clock) {
    this.sql = sql;
    this.json = json;
    this.secrets = secrets;
    this.addresses = addresses;
    this.outbox = outbox;
    this.caches = caches;
    this.clock = clock;
    this.cache = caches.create("providers", this::read);
  }

  /**
   * @param name {@code <provider>/<model>}; empty when there is no such provider
   */
  public Optional<ProviderModel> findModel(UUID workspace, String name) {
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      return Optional.empty();
    }
    String provider = name.substring(0, slash);
    return find(workspace, provider)
        .map(each -> new ProviderModel(each, name.substring(slash + 1)));
  }

  Optional<Provider> find(UUID workspace, String name) {
    return cache.find(workspace, providers -> providers.get(name));
  }

  public Collection<Provider> all(UUID workspace) {
    return cache.get(workspace).values();
  }

  @Transactional
  public Provider create(String name, URI baseUrl, @Nullable String apiKey, List<String> models) {
    check(baseUrl);
    Caller caller = Caller.current();
    byte[] encrypted = apiKey == null ? null : secrets.encrypt(apiKey, caller.workspace(), name);
    Provider provider =
        new Provider(
            Ids.next(),
            name,
            baseUrl,
            encrypted,
            List.copyOf(models),
            caller.actor(),
            clock.instant());
    int inserted =
        sql.sql(
                """
                INSERT INTO provider
                  (workspace_id, provider_id, name, base_url, api_key, models, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(caller.workspace())
            .param(provider.id())
            .param(name)
            .param(baseUrl.toString())
            .param(encrypted)
            .param(json.write(models))
            .param(caller.actor())
            .param(provider.createdAt().atOffset(ZoneOffset.UTC))
            .update();
    if (inserted == 0) {
      throw new Problem(
              InferenceProblem.NAME_TAKEN,
              "The workspace already has a provider of this name. Choose another name, or delete"
                  + " that provider first.")
          .at("/name", "is already used");
    }
    outbox.append(
        new ProviderConnected(
            provider.id(),
            name,
            Provider.KIND,
            Provider.origin(baseUrl),
            provider.hasKey(),
            provider.models()),
        provider.id().toString(),
        1);
    caches.reloadAfterCommit();
    return provider;
  }

  @Transactional
  public void delete(String name) {
    ProviderDisconnected disconnected =
        sql.sql(
                "DELETE FROM provider WHERE workspace_id = ? AND name = ? RETURNING provider_id,"
                    + " base_url")
            .params(Caller.current().workspace(), name)
            .query((row, index) ->
                new ProviderDisconnected(
                    row.getObject(1, UUID.class),
                    name,
                    Provider.origin(URI.create(row.getString(2)))))
            .optional()
            .orElseThrow(Problem::notFound);
    outbox.append(disconnected, disconnected.providerId().toString(), 2);
    caches.reloadAfterCommit();
  }

  /**
   * Reports early what every call would run into; the check that protects is the one at the call.
   */
  private void check(URI url) {
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
    try {
      addresses.resolve(host);
    } catch (PublicAddresses.RefusedAddress e) {
      throw new Problem(
              InferenceProblem.PROVIDER_ADDRESS,
              "The host of baseUrl resolves to a private address. Use a public one, or ask the"
                  + " operator to set plumbline.providers.allow-private.")
          .at("/baseUrl", "must resolve to public addresses only");
    } catch (UnknownHostException e) {
      throw new Problem(
              InferenceProblem.PROVIDER_ADDRESS,
              "The host of baseUrl does not resolve. Check its name.")
          .at("/baseUrl", "must have a host that resolves");
    }
  }

  private Map<String, Provider> read() {
    Map<String, Provider> providers = new TreeMap<>();
    sql.sql(
            "SELECT provider_id, name, base_url, api_key, models, created_by, created_at FROM"
                + " provider WHERE workspace_id = ?")
        .params(Caller.current().workspace())
        .query((row, index) ->
            new Provider(
                row.getObject(1, UUID.class),
                row.getString(2),
                URI.create(row.getString(3)),
                row.getBytes(4),
                json.strings(row.getString(5)),
                row.getString(6),
                Columns.instant(row, 7)))
        .list()
        .forEach(provider -> providers.put(provider.name(), provider));
    return providers;
  }
}
