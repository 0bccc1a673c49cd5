package io.plumbline.inference.provider;

import io.plumbline.inference.provider.UpstreamException.Kind;
import io.plumbline.platform.identity.Caller;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls providers with bounded waits, under {@link UpstreamPolicies}, and never follows a redirect.
 */
@Component
public class ProviderClient {

  private static final int MAX_ANSWER = 16 << 20;
  private static final int MAX_ERROR = 64 * 1024;
  private static final int MAX_MESSAGE = 500;
  private static final int MAX_CONNECTIONS = 512;

  private final UpstreamPolicies policies;
  private final SecretBox secrets;
  private final JsonMapper json;
  private final Clock clock;
  private final CloseableHttpClient client;

  ProviderClient(
      ProviderSettings settings,
      UpstreamPolicies policies,
      PublicAddresses addresses,
      SecretBox secrets,
      JsonMapper json,
      Clock clock) {
    this.policies = policies;
    this.secrets = secrets;
    this.json = json;
    this.clock = clock;
    Timeout silence = Timeout.of(settings.responseTimeout());
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(addresses)
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                            .setSocketTimeout(silence)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(silence).build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .build();
  }

  /** Sends a request whose answer is one JSON document. */
  public ObjectNode post(ProviderModel model, String path, ObjectNode request) {
    try (Upstream answer = open(model, path, request)) {
      byte[] body = answer.readAll(MAX_ANSWER);
      if (json.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw malformed(model);
    } catch (SocketTimeoutException e) {
      throw timedOut(model.provider());
    } catch (IOException | JacksonException e) {
      throw malformed(model);
    }
  }

  /**
   * Sends a request whose answer is read as it arrives; repeated only until the provider answers.
   */
  public Upstream open(ProviderModel model, String path, ObjectNode request) {
    ObjectNode body = request.deepCopy();
    body.put("model", model.model());
    UpstreamPolicies.Place place = policies.enter(model);
    try {
      return place.call(() -> attempt(model, path, body, place));
    } catch (RuntimeException | Error e) {
      place.close();
      throw e;
    }
  }

  private Upstream attempt(
      ProviderModel model, String path, ObjectNode body, UpstreamPolicies.Place place) {
    Provider provider = model.provider();
    HttpPost post =
        new HttpPost(URI.create(provider.baseUrl().toString().replaceFirst("/+$", "") + path));
    post.setEntity(new ByteArrayEntity(json.writeValueAsBytes(body), ContentType.APPLICATION_JSON));
    if (provider.hasKey()) {
      post.setHeader(
          HttpHeaders.AUTHORIZATION,
          "Bearer "
              + secrets.decrypt(
                  provider.encryptedKey(), Caller.current().workspace(), provider.name()));
    }
    try {
      ClassicHttpResponse response = client.executeOpen(null, post, null);
      if (response.getCode() == 200) {
        return new Upstream(post, response, place::close);
      }
      try (Upstream refusal = new Upstream(post, response, () -> {})) {
        throw failure(provider, response, refusal);
      }
    } catch (PublicAddresses.RefusedAddress e) {
      throw new UpstreamException(
          Kind.REFUSED,
          422,
          "provider_address",
          "The host of provider '%s' now resolves to an address that may not be called."
              .formatted(provider.name()));
    } catch (ConnectException | ConnectTimeoutException e) {
      throw unreachable(Kind.UNREACHABLE, provider);
    } catch (SocketTimeoutException e) {
      throw timedOut(provider);
    } catch (IOException e) {
      throw unreachable(Kind.FAILED, provider);
    }
  }

  private UpstreamException failure(
      Provider provider, ClassicHttpResponse response, Upstream refusal) throws IOException {
    int status = response.getCode();
    JsonNode error = error(refusal);
    if (status == 401 || status == 403) {
      return new UpstreamException(
          Kind.REFUSED,
          502,
          "provider_refused_key",
          "Provider '%s' refuses the API key stored for it: create it again with a valid key."
              .formatted(provider.name()));
    }
    if (status == 429) {
      boolean exhausted = error.path("code").asString("").equals("insufficient_quota");
      return new UpstreamException(
          exhausted ? Kind.REFUSED : Kind.RATE_LIMITED,
          429,
          exhausted ? "insufficient_quota" : "provider_rate_limit",
          exhausted
              ? "The quota of provider '%s' is used up: raise it there.".formatted(provider.name())
              : "Provider '%s' limits the rate of requests; try again later."
                  .formatted(provider.name()),
          retryAfter(response).orElse(Duration.ofSeconds(1)));
    }
    if (status == 503) {
      return new UpstreamException(
          Kind.UNAVAILABLE,
          503,
          "provider_unavailable",
          "Provider '%s' is not available at the moment; try again later."
              .formatted(provider.name()),
          retryAfter(response).orElse(null));
    }
    if (status >= 400 && status < 500) {
      return new UpstreamException(
          Kind.REFUSED,
          status == 404 ? 400 : status,
          "provider_refused",
          "Provider '%s' refuses the request: %s".formatted(provider.name(), message(error)));
    }
    return new UpstreamException(
        Kind.FAILED,
        502,
        "provider_failed",
        "Provider '%s' answered with status %d.".formatted(provider.name(), status));
  }

  private JsonNode error(Upstream refusal) throws IOException {
    try {
      return json.readTree(refusal.readAll(MAX_ERROR)).path("error");
    } catch (JacksonException e) {
      return json.createObjectNode();
    }
  }

  /** The provider's own words about the caller's request, bounded and on one line. */
  private static String message(JsonNode error) {
    String message = error.path("message").asString("it gives no reason");
    return message
        .substring(0, Math.min(MAX_MESSAGE, message.length()))
        .replaceAll("\\p{Cntrl}", " ");
  }

  private Optional<Duration> retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    @Nullable String value = header == null ? null : header.getValue();
    return RetryAfter.parse(value, clock.instant());
  }

  private static UpstreamException unreachable(Kind kind, Provider provider) {
    return new UpstreamException(
        kind,
        502,
        "provider_unreachable",
        "Provider '%s' could not be reached.".formatted(provider.name()));
  }

  private static UpstreamException timedOut(Provider provider) {
    return new UpstreamException(
        Kind.FAILED,
        504,
        "provider_timeout",
        "Provider '%s' did not answer in time.".formatted(provider.name()));
  }

  private static UpstreamException malformed(ProviderModel model) {
    return new UpstreamException(
        Kind.FAILED,
        502,
        "provider_malformed",
        "The answer of provider '%s' does not follow the OpenAI protocol."
            .formatted(model.provider().name()));
  }

  @PreDestroy
  void close() throws IOException {
    client.close();
  }
}
