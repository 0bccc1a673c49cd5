package io.plumbline.inference.provider;

import io.plumbline.platform.identity.Caller;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
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
 * Calls providers: bounded waits, a few retries before the first byte, a breaker per provider, and
 * never a redirect.
 */
@Component
public class ProviderCalls {

  private static final int MAX_ANSWER = 16 << 20;
  private static final int MAX_ERROR = 64 * 1024;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int MAX_CONNECTIONS = 512;

  private record Key(UUID workspace, String provider) {}

  private final ProviderSettings settings;
  private final SecretBox secrets;
  private final JsonMapper json;
  private final Clock clock;
  private final CloseableHttpClient client;
  private final Map<Key, Breaker> breakers = new ConcurrentHashMap<>();

  ProviderCalls(
      ProviderSettings settings,
      PublicAddresses addresses,
      SecretBox secrets,
      JsonMapper json,
      Clock clock) {
    this.settings = settings;
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

  /** A request whose answer is one JSON document. */
  public ObjectNode ask(ProviderModel model, String path, ObjectNode request) {
    try (Upstream answer = open(model, path, request)) {
      byte[] body = answer.readAll(MAX_ANSWER);
      if (json.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw malformed(model);
    } catch (SocketTimeoutException e) {
      throw new UpstreamException(
          504, "provider_timeout", model.provider().name() + " did not answer in time.", null);
    } catch (IOException | JacksonException e) {
      throw malformed(model);
    }
  }

  /**
   * A request whose answer is read as it comes; retried only until the provider begins to answer.
   */
  public Upstream open(ProviderModel model, String path, ObjectNode request) {
    Breaker breaker =
        breakers.computeIfAbsent(
            new Key(Caller.current().workspace(), model.provider().name()),
            key -> new Breaker(clock));
    ObjectNode body = request.deepCopy();
    body.put("model", model.model());
    for (int attempt = 0; ; attempt++) {
      if (!breaker.admits()) {
        throw new UpstreamException(
            503,
            "provider_unavailable",
            model.provider().name()
                + " failed several times in a row and is not called for a moment.",
            Breaker.PAUSE);
      }
      try {
        Upstream answer = attempt(model, path, body);
        breaker.succeeded();
        return answer;
      } catch (UpstreamException e) {
        boolean again = e.status() == 429 || e.status() >= 500;
        if (e.status() >= 500) {
          breaker.failed();
        }
        if (!again || attempt >= settings.retries() || !pause(attempt, e.retryAfter())) {
          throw e;
        }
      }
    }
  }

  private Upstream attempt(ProviderModel model, String path, ObjectNode body) {
    Provider provider = model.provider();
    HttpPost post =
        new HttpPost(URI.create(provider.baseUrl().toString().replaceFirst("/+$", "") + path));
    post.setEntity(new ByteArrayEntity(json.writeValueAsBytes(body), ContentType.APPLICATION_JSON));
    if (provider.hasKey()) {
      post.setHeader(
          HttpHeaders.AUTHORIZATION,
          "Bearer " + secrets.open(provider.key(), Caller.current().workspace(), provider.name()));
    }
    try {
      ClassicHttpResponse response = client.executeOpen(null, post, null);
      Upstream answer = new Upstream(post, response);
      if (response.getCode() == 200) {
        return answer;
      }
      try (answer) {
        throw refused(provider, response, answer);
      }
    } catch (PublicAddresses.RefusedAddress e) {
      throw new UpstreamException(
          422,
          "provider_address",
          provider.name() + " now leads to an address that may not be called.",
          null);
    } catch (SocketTimeoutException e) {
      throw new UpstreamException(
          504, "provider_timeout", provider.name() + " did not answer in time.", null);
    } catch (IOException e) {
      throw new UpstreamException(
          502, "provider_unreachable", provider.name() + " could not be reached.", null);
    }
  }

  private UpstreamException refused(
      Provider provider, ClassicHttpResponse response, Upstream answer) throws IOException {
    int status = response.getCode();
    if (status == 401 || status == 403) {
      return new UpstreamException(
          502,
          "provider_refused_key",
          provider.name() + " refuses the api key it was configured with.",
          null);
    }
    if (status == 429) {
      return new UpstreamException(
          429,
          "provider_rate_limit",
          provider.name() + " limits our rate; try again later.",
          retryAfter(response));
    }
    if (status >= 400 && status < 500) {
      return new UpstreamException(
          status == 404 ? 400 : status,
          "provider_refused",
          provider.name() + " refuses the request: " + message(answer),
          null);
    }
    return new UpstreamException(
        502, "provider_failed", provider.name() + " answered with status " + status + ".", null);
  }

  /** The provider's own words about the caller's request, bounded and on one line. */
  private String message(Upstream answer) throws IOException {
    try {
      JsonNode error = json.readTree(answer.readAll(MAX_ERROR)).path("error");
      String message = error.path("message").asString("without a reason");
      return message.substring(0, Math.min(500, message.length())).replaceAll("\\p{Cntrl}", " ");
    } catch (JacksonException e) {
      return "without a reason";
    }
  }

  private static Duration retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader("Retry-After");
    String value = header == null ? "" : header.getValue();
    return Duration.ofSeconds(value.matches("\\d{1,4}") ? Long.parseLong(value) : 1);
  }

  /**
   * Exponential with full jitter, so that callers who failed together do not come back together.
   */
  private static boolean pause(int attempt, @Nullable Duration asked) {
    long bound = FIRST_PAUSE.toMillis() << attempt;
    long millis = ThreadLocalRandom.current().nextLong(bound + 1);
    if (asked != null && asked.toMillis() > 2_000) {
      return false;
    }
    try {
      Thread.sleep(asked == null ? millis : Math.max(millis, asked.toMillis()));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static UpstreamException malformed(ProviderModel model) {
    return new UpstreamException(
        502,
        "provider_malformed",
        model.provider().name() + " gave an answer that is not what the protocol says.",
        null);
  }

  @PreDestroy
  void close() throws IOException {
    client.close();
  }
}
