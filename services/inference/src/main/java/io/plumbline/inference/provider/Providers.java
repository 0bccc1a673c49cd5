package io.plumbline.inference.provider;

import io.plumbline.contracts.InferenceEvent.ProviderConnected;
import io.plumbline.contracts.InferenceEvent.ProviderDisconnected;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.OffsetDateTime;
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

/** The endpoints that a workspace may call. */
@Component
public class Providers {

  private final JdbcClient sql;
  private final JsonColumn json;
  private final SecretBox secrets;
  private final PublicAddresses addresses;
  private final Outbox outbox;
  private final WorkspaceCaches views;
  private final Clock clock;
  private final WorkspaceCache<Map<String, Provider>> known;

  Providers(
      JdbcClient sql,
      JsonColumn json,
      SecretBox secrets,
      PublicAddresses addresses,
      Outbox outbox,
      WorkspaceCaches views,
      Clock clock) {
    this.sql = sql;
    this.json = json;
    this.secrets = secrets;
    this.addresses = addresses;
    this.outbox = outbox;
    this.views = views;
    this.clock = clock;
    this.known = views.of(this::read);
  }

  /**
   * @param name {@code <provider>/<model>}; empty when there is no such provider
   */
  public Optional<ProviderModel> find(UUID workspace, String name) {
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      return Optional.empty();
    }
    String provider = name.substring(0, slash);
    return known
        .find(workspace, providers -> providers.get(provider))
        .map(each -> new ProviderModel(each, name.substring(slash + 1)));
  }

  public Collection<Provider> all(UUID workspace) {
    return known.of(workspace).values();
  }

  @Transactional
  public Provider add(String name, URI baseUrl, @Nullable String apiKey, List<String> models) {
    check(baseUrl);
    Caller caller = Caller.current();
    byte[] sealed = apiKey == null ? null : secrets.seal(apiKey, caller.workspace(), name);
    Provider provider =
        new Provider(
            Ids.next(),
            name,
            baseUrl,
            sealed,
            List.copyOf(models),
            caller.actor(),
            clock.instant());
    int inserted =
        sql.sql(
                """
                INSERT INTO provider (workspace_id, id, name, base_url, api_key, models, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(caller.workspace())
            .param(provider.id())
            .param(name)
            .param(baseUrl.toString())
            .param(sealed)
            .param(json.write(models))
            .param(caller.actor())
            .param(provider.createdAt().atOffset(ZoneOffset.UTC))
            .update();
    if (inserted == 0) {
      throw new Problem(
              InferenceProblem.NAME_TAKEN,
              "Choose another name, or delete the provider of this name first.")
          .at("/name", "is taken");
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
    views.changed();
    return provider;
  }

  @Transactional
  public void remove(String name) {
    ProviderDisconnected fact =
        sql.sql("DELETE FROM provider WHERE workspace_id = ? AND name = ? RETURNING id, base_url")
            .params(Caller.current().workspace(), name)
            .query((row, index) ->
                new ProviderDisconnected(
                    row.getObject(1, UUID.class),
                    name,
                    Provider.origin(URI.create(row.getString(2)))))
            .optional()
            .orElseThrow(Problem::notFound);
    outbox.append(fact, fact.providerId().toString(), 2);
    views.changed();
  }

  /** Says early what every call would meet; the check that protects is the one at the call. */
  private void check(URI url) {
    String host = url.getHost();
    if (host == null
        || !List.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw Problem.invalid(
          "/baseUrl",
          "must be an http or https URL without user, query and fragment:"
              + " https://api.example.com/v1");
    }
    try {
      addresses.resolve(host);
    } catch (PublicAddresses.RefusedAddress e) {
      throw new Problem(
              InferenceProblem.PROVIDER_ADDRESS,
              "Use a public address; only an operator can allow private ones"
                  + " (plumbline.providers.allow-private).")
          .at("/baseUrl", "is not public");
    } catch (UnknownHostException e) {
      throw new Problem(
              InferenceProblem.PROVIDER_ADDRESS, "Check the host name; it does not resolve.")
          .at("/baseUrl", "does not resolve");
    }
  }

  private Map<String, Provider> read() {
    Map<String, Provider> providers = new TreeMap<>();
    sql.sql(
            "SELECT id, name, base_url, api_key, models, created_by, created_at FROM provider WHERE"
                + " workspace_id = ?")
        .params(Caller.current().workspace())
        .query((row, index) ->
            new Provider(
                row.getObject(1, UUID.class),
                row.getString(2),
                URI.create(row.getString(3)),
                row.getBytes(4),
                json.strings(row.getString(5)),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant()))
        .list()
        .forEach(provider -> providers.put(provider.name(), provider));
    return providers;
  }
}
