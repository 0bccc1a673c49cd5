package io.plumbline.inference.provider;

import io.plumbline.inference.provider.UpstreamException.Kind;
import io.plumbline.inference.provider.protocol.ModelList;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.UpstreamName;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.provider.protocol.UpstreamRequest;
import io.plumbline.inference.provider.proxy.ProviderHttp;
import io.plumbline.inference.provider.proxy.ProxyFailure;
import io.plumbline.prompttemplate.schema.BoundedJson;
import io.plumbline.prompttemplate.schema.TooMuchMemory;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The client that calls providers. Its waits are bounded, it applies {@link UpstreamPolicies}, and
 * it never follows a redirect.
 */
@Component
public class ProviderClient {

  private static final Logger log = LoggerFactory.getLogger(ProviderClient.class);

  /** The status that nginx logs for a request whose client has closed its connection. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  /** The code of a failure of the proxy. */
  private static final String PROXY = "provider_proxy";

  private static final String NO_QUOTA = "insufficient_quota";

  /** The codes and types of errors whose messages may quote a part of the key. */
  private static final Set<String> KEY_ERRORS =
      Set.of(
          "invalid_api_key",
          "authentication_error",
          "unauthenticated",
          "permission_error",
          "permission_denied");

  private static final int MAX_ANSWER = 16 << 20;

  /**
   * The most memory in bytes that the values of a whole answer take, estimated. Two million numbers
   * of embeddings fit, or the log probabilities of 5,000 tokens with 20 alternatives each.
   */
  static final int MAX_MEMORY = 56 << 20;

  private static final int MAX_LIST = 4 << 20;
  private static final int MAX_ERROR = 64 * 1024;

  /** The codes that distinguish errors; other codes, such as vLLM's numbers, repeat the status. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private final UpstreamPolicies policies;
  private final SecretBox secrets;
  private final ProviderMessages messages;
  private final JsonMapper json;
  private final Clock clock;
  private final AllowedAddressResolver addresses;
  private final ProviderHttp http;
  private final Duration idle;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("provider-deadlines").factory());

  ProviderClient(
      ProviderSettings settings,
      UpstreamPolicies policies,
      AllowedAddressResolver addresses,
      TrustedCertificates certificates,
      SecretBox secrets,
      ProviderMessages messages,
      JsonMapper json,
      Clock clock) {
    this.policies = policies;
    this.secrets = secrets;
    this.messages = messages;
    this.json = json;
    this.clock = clock;
    this.idle = settings.idleTimeout();
    // Without this policy, the deadlines of finished calls would stay until they pass, which takes
    // ten minutes by default.
    timer.setRemoveOnCancelPolicy(true);
    this.addresses = addresses;
    this.http =
        new ProviderHttp(
            settings.connectTimeout(), certificates.context(), addresses, settings.proxy());
  }

  /** Sends a request, and returns its answer, which is one JSON document. */
  public ObjectNode post(ProviderModel model, UpstreamOperation operation, ObjectNode request) {
    return post(model, operation, request, model.deadline());
  }

  /**
   * Sends a request, and returns its answer, which is one JSON document. A generation is ended when
   * the client of the current request leaves.
   *
   * @param limit the maximum time of the call; the connection's deadline applies as well
   * @throws UpstreamException also when the client has left
   */
  public ObjectNode post(
      ProviderModel model, UpstreamOperation operation, ObjectNode request, Duration limit) {
    boolean watched = operation == UpstreamOperation.CHAT;
    try (UpstreamResponse answer = open(model, operation, request, limit, watched)) {
      return readWholeAnswer(
          model.connection(), answer, MAX_ANSWER, body -> translatedAnswer(model, operation, body));
    }
  }

  /**
   * Returns the models that a connection's server lists, which costs nothing.
   *
   * @param below the part of the path between the base URL and the list; empty for none
   * @param keyed whether the connection's key is sent
   * @param limit the maximum time of the call; the connection's deadline applies as well
   */
  public ModelList listModels(Connection connection, String below, boolean keyed, Duration limit) {
    Endpoint endpoint = connection.endpoint();
    URI address = endpoint.addressOf(below + endpoint.protocol().listingPath());
    Supplier<HttpUriRequestBase> request =
        () -> {
          HttpGet get = new HttpGet(address);
          Optional<String> key = keyed ? decryptedKey(connection) : Optional.empty();
          endpoint.protocol().headers(key).forEach(get::setHeader);
          return get;
        };
    try (UpstreamResponse answer =
        send(connection, policies.admitListing(connection), request, limit, false)) {
      ModelList models =
          readWholeAnswer(connection, answer, MAX_LIST, body -> modelList(connection, body));
      return decryptedKey(connection).map(models::withoutNamesContaining).orElse(models);
    }
  }

  private ModelList modelList(Connection connection, JsonNode body) {
    return connection
        .endpoint()
        .protocol()
        .readModelList(body)
        .orElseThrow(() -> malformedAnswerFailure(connection));
  }

  /** Reads a whole answer, and reports to the policies whether the answer is valid. */
  private <T> T readWholeAnswer(
      Connection connection, UpstreamResponse answer, int most, Function<JsonNode, T> reading) {
    try {
      T read = parseWholeAnswer(connection, answer, most, reading);
      answer.reportSuccess(
          read instanceof ObjectNode body ? body.at("/usage/completion_tokens").asInt(0) : 0);
      return read;
    } catch (UpstreamException e) {
      if (e.kind().unhealthy()) {
        answer.reportFailure();
      }
      throw e;
    } catch (RuntimeException e) {
      answer.reportFailure();
      throw e;
    }
  }

  private <T> T parseWholeAnswer(
      Connection connection, UpstreamResponse answer, int most, Function<JsonNode, T> reading) {
    try {
      return reading.apply(BoundedJson.read(answer.readAll(most), MAX_MEMORY));
    } catch (SocketTimeoutException e) {
      throw timeoutFailure(connection);
    } catch (UpstreamResponse.TooLong | TooMuchMemory e) {
      throw new UpstreamException(
          Kind.REFUSED,
          502,
          "provider_answer_too_long",
          ("The answer of provider '%s' is longer than %d MiB or has too many values: ask for less"
                  + " at once.")
              .formatted(connection.provider(), most >> 20));
    } catch (IOException | JacksonException e) {
      if (answer.isAbandoned()) {
        throw abandonedFailure(connection);
      }
      throw answer.pastDeadline() ? timeoutFailure(connection) : malformedAnswerFailure(connection);
    }
  }

  private ObjectNode translatedAnswer(
      ProviderModel model, UpstreamOperation operation, JsonNode body) {
    Protocol protocol = protocolOf(model);
    if (body.path("error").isObject()) {
      throw failureFromError(model, protocol.translatedError(body.path("error")));
    }
    return Optional.of(body)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .flatMap(object -> protocol.translatedAnswer(operation, object))
        .orElseThrow(() -> malformedAnswerFailure(model));
  }

  private static Protocol protocolOf(ProviderModel model) {
    return model.connection().endpoint().protocol();
  }

  /**
   * Sends a request whose answer is read as it arrives. The request is repeated only until the
   * provider answers. The reader reports whether the answer {@link UpstreamResponse#reportSuccess()
   * succeeded}.
   *
   * @param limit the maximum time of the call; the connection's deadline applies as well
   */
  public UpstreamResponse openAnswerStream(
      ProviderModel model, UpstreamOperation operation, ObjectNode request, Duration limit) {
    return open(model, operation, request, limit, false);
  }

  private UpstreamResponse open(
      ProviderModel model,
      UpstreamOperation operation,
      ObjectNode request,
      Duration limit,
      boolean watched) {
    UpstreamRequest translated =
        protocolOf(model)
            .translatedRequest(
                operation,
                model.connection().endpoint().responseFormats().adaptRequest(request, model.name()),
                new UpstreamName(model.name(), model.model()));
    Connection connection = model.connection();
    Supplier<HttpUriRequestBase> sent =
        () -> {
          HttpPost post = new HttpPost(connection.endpoint().addressOf(translated.path()));
          post.setEntity(
              new ByteArrayEntity(
                  json.writeValueAsBytes(translated.body()), ContentType.APPLICATION_JSON));
          protocolOf(model).headers(decryptedKey(connection)).forEach(post::setHeader);
          return post;
        };
    return send(connection, policies.admit(model), sent, limit, watched);
  }

  /**
   * Sends a request under the policies of its place.
   *
   * @param request creates the request of each attempt
   * @param watched whether the call ends when the client of the current request leaves
   */
  private UpstreamResponse send(
      Connection connection,
      UpstreamPolicies.CallPermit callPermit,
      Supplier<HttpUriRequestBase> request,
      Duration limit,
      boolean watched) {
    Duration time = Collections.min(List.of(limit, connection.endpoint().deadline()));
    Deadline deadline = new Deadline(time, timer);
    try {
      if (watched) {
        deadline.abandonWithoutClient();
      }
      return callPermit.call(() -> attempt(connection, request.get(), callPermit, deadline));
    } catch (RuntimeException | Error e) {
      deadline.close();
      callPermit.close();
      throw e;
    }
  }

  private UpstreamResponse attempt(
      Connection connection,
      HttpUriRequestBase request,
      UpstreamPolicies.CallPermit callPermit,
      Deadline deadline) {
    Protocol protocol = connection.endpoint().protocol();
    request.setConfig(
        RequestConfig.custom().setResponseTimeout(responseTimeout(connection)).build());
    try {
      deadline.abortAtDeadline(request);
      String host = String.valueOf(connection.endpoint().baseUrl().getHost());
      if (addresses.isProxied(host)) {
        addresses.check(host, connection.endpoint().port());
      }
      ClassicHttpResponse response = http.execute(host, request);
      if (response.getCode() == 200) {
        return new UpstreamResponse(
            request, response, protocol.newStreamTranslation(), callPermit, deadline, idle);
      }
      try (response) {
        throw readHttpFailure(connection, response, request);
      }
    } catch (AllowedAddressResolver.RefusedAddress e) {
      throw new UpstreamException(
          Kind.REFUSED,
          422,
          "provider_address",
          ("The host of provider '%s' does not resolve to an address that may be called; the"
                  + " operator allows private ones by plumbline.providers.allowed-hosts or"
                  + " allowed-networks, and starts inference again.")
              .formatted(connection.provider()));
    } catch (ProxyFailure e) {
      throw proxyFailure(connection, e);
    } catch (ConnectException | ConnectTimeoutException e) {
      throw unreachableFailure(Kind.UNREACHABLE, connection);
    } catch (SocketTimeoutException e) {
      throw deadline.isAbandoned() ? abandonedFailure(connection) : timeoutFailure(connection);
    } catch (SSLException e) {
      throw TlsFailure.causeAndRemedy(e)
          .map(remedy -> tlsFailure(connection, remedy))
          .orElseGet(() -> unreachableFailure(Kind.FAILED, connection));
    } catch (IOException e) {
      if (deadline.isAbandoned()) {
        throw abandonedFailure(connection);
      }
      throw deadline.hasPassed()
          ? timeoutFailure(connection)
          : unreachableFailure(Kind.FAILED, connection);
    }
  }

  /** Returns the failure of a call that the proxy did not connect to the provider. */
  private static UpstreamException proxyFailure(Connection connection, ProxyFailure failure) {
    String provider = connection.provider();
    return switch (failure.reason()) {
      case PROXY_UNREACHABLE ->
          new UpstreamException(
              Kind.UNREACHABLE,
              502,
              PROXY,
              ("The proxy for calls of providers could not be reached, so provider '%s' was not"
                      + " called: try again later, or have the operator check"
                      + " plumbline.providers.proxy.url of inference.")
                  .formatted(provider));
      case SIGN_IN ->
          new UpstreamException(
              Kind.REFUSED,
              502,
              PROXY,
              ("The proxy for calls of providers rejects the sign-in of inference, so provider '%s'"
                      + " was not called: the operator checks plumbline.providers.proxy.user and"
                      + " password, and whether the proxy takes Basic or Digest.")
                  .formatted(provider));
      case PROVIDER_UNREACHABLE ->
          new UpstreamException(
              Kind.UNREACHABLE,
              502,
              "provider_unreachable",
              ("The proxy could not reach provider '%s' (its status %d): check its address, or try"
                      + " again later.")
                  .formatted(provider, failure.status()));
      case REFUSED ->
          new UpstreamException(
              Kind.REFUSED,
              502,
              PROXY,
              ("The proxy for calls of providers refuses to connect to provider '%s' (its status"
                      + " %d): the operator has host and port allowed there.")
                  .formatted(provider, failure.status()));
    };
  }

  private static UpstreamException abandonedFailure(Connection connection) {
    return new UpstreamException(
        Kind.ABANDONED,
        CLIENT_CLOSED_REQUEST,
        "client_closed_request",
        "The call of provider '%s' was ended, because its client had left."
            .formatted(connection.provider()));
  }

  private Optional<String> decryptedKey(Connection connection) {
    if (!connection.hasKey()) {
      return Optional.empty();
    }
    return Optional.of(
        secrets.decrypt(
            connection.encryptedKey(), connection.workspace(), connection.digest().hex()));
  }

  /** Returns the longest silence, which is the whole deadline: a thinking model sends nothing. */
  private static Timeout responseTimeout(Connection connection) {
    return Timeout.of(connection.endpoint().deadline());
  }

  private UpstreamException readHttpFailure(
      Connection connection, ClassicHttpResponse response, HttpUriRequestBase request)
      throws IOException {
    Protocol protocol = connection.endpoint().protocol();
    JsonNode body = readError(response, request);
    int status = protocol.translatedStatus(response.getCode(), body);
    JsonNode error = protocol.translatedError(body);
    Optional<Duration> retryAfter = retryAfter(response).or(() -> protocol.retryAfter(body));
    boolean keyRefused = status == 401 || status == 403;
    String quote = keyRefused ? "" : quotableMessage(connection, error);
    logFailure(connection, response.getCode(), quote);
    if (keyRefused) {
      return new UpstreamException(
          Kind.REFUSED, 502, "provider_refused_key", keyMessage(connection));
    }
    if (status == 429) {
      return rateLimitFailure(connection, error, retryAfter.orElse(Duration.ofSeconds(1)), quote);
    }
    if (status == 503) {
      return failureWithQuote(
          Kind.UNAVAILABLE,
          503,
          "provider_unavailable",
          "Provider '%s' is not available at the moment; try again later."
              .formatted(connection.provider()),
          retryAfter.orElse(null),
          quote);
    }
    if (status >= 400 && status < 500) {
      String code = codeOf(error, status == 404 ? "model_not_found" : "provider_refused");
      return refusedCallFailure(connection, status, code, quote);
    }
    if (status >= 300 && status < 400) {
      return new UpstreamException(
          Kind.REFUSED,
          502,
          "provider_redirect",
          "Provider '%s' redirects, which is not followed: connect it to the address that answers."
              .formatted(connection.provider()));
    }
    return failureWithQuote(
        Kind.FAILED,
        502,
        "provider_failed",
        "Provider '%s' answered with status %d.".formatted(connection.provider(), status),
        null,
        quote);
  }

  private static String keyMessage(Connection connection) {
    if (connection.hasKey()) {
      return ("Provider '%1$s' refuses the API key stored for it: an administrator replaces"
              + " it by PUT /api/providers/%1$s/api-key.")
          .formatted(connection.provider());
    }
    return ("Provider '%1$s' wants an API key, and none is stored for it: an administrator"
            + " stores one by PUT /api/providers/%1$s/api-key.")
        .formatted(connection.provider());
  }

  private static UpstreamException rateLimitFailure(
      Connection connection, JsonNode error, Duration retryAfter, String quote) {
    if (error.path("code").asString("").equals(NO_QUOTA)
        || error.path("type").asString("").equals(NO_QUOTA)) {
      return failureWithQuote(
          Kind.EXHAUSTED,
          429,
          NO_QUOTA,
          "The quota at provider '%s' is used up: raise it at the provider."
              .formatted(connection.provider()),
          retryAfter,
          quote);
    }
    return failureWithQuote(
        Kind.RATE_LIMITED,
        429,
        codeOf(error, "provider_rate_limit"),
        "Provider '%s' limits the rate of requests; try again later."
            .formatted(connection.provider()),
        retryAfter,
        quote);
  }

  /** Returns a failure whose message ends with that of the provider's server, if there is one. */
  private static UpstreamException failureWithQuote(
      Kind kind,
      int status,
      String code,
      String message,
      @Nullable Duration retryAfter,
      String quote) {
    if (quote.isEmpty()) {
      return new UpstreamException(kind, status, code, message, retryAfter);
    }
    return new UpstreamException(
        kind, status, code, message + " It says: " + quote, retryAfter, quote);
  }

  private static void logFailure(Connection connection, int status, String quote) {
    log.atLevel(status >= 500 ? Level.WARN : Level.INFO)
        .log(
            "Provider '{}' of workspace {} answered a call with status {} and the message '{}'",
            connection.provider(),
            connection.workspace(),
            status,
            quote);
  }

  /**
   * Returns the failure for an error with status 200. Some gateways before providers answer so, and
   * streams have errors as events. A request that is too long is no failure of the model, however
   * the error comes.
   *
   * @param error the error in OpenAI's shape
   */
  public UpstreamException failureFromError(ProviderModel model, JsonNode error) {
    String code = codeOf(error, "provider_failed");
    String quote = quotableMessage(model.connection(), error);
    logFailure(model.connection(), 200, quote);
    if (code.equals(Protocol.TOO_LONG)) {
      return refusedCallFailure(model.connection(), 400, code, quote);
    }
    return new UpstreamException(
        Kind.MALFORMED,
        502,
        code,
        "Provider '%s' failed: %s".formatted(model.connection().provider(), reasonText(quote)),
        null,
        nullIfEmpty(quote));
  }

  private static UpstreamException refusedCallFailure(
      Connection connection, int status, String code, String quote) {
    String advice = status == 404 ? addressAdvice(connection.endpoint()) : "";
    return new UpstreamException(
        Kind.REFUSED,
        status,
        code,
        "Provider '%s' refuses the request: %s%s"
            .formatted(connection.provider(), reasonText(quote), advice),
        null,
        nullIfEmpty(quote));
  }

  /**
   * Returns what to do about a base URL that has no version; empty where its path or its query has
   * one.
   */
  private static String addressAdvice(Endpoint endpoint) {
    if (endpoint.isVersioned()) {
      return "";
    }
    return endpoint
        .missingVersion()
        .map(version ->
            (" (its base URL lacks %s, below which such servers usually answer: an administrator"
                    + " tests the connection, which shows the address to use)")
                .formatted(version))
        .orElse("");
  }

  private static @Nullable String nullIfEmpty(String quote) {
    return quote.isEmpty() ? null : quote;
  }

  private static String reasonText(String quote) {
    return quote.isEmpty() ? "it gives no reason" : quote;
  }

  private static String codeOf(JsonNode error, String otherwise) {
    String code = error.path("code").asString("");
    return CODE.matcher(code).matches() ? code : otherwise;
  }

  private JsonNode readError(ClassicHttpResponse response, HttpUriRequestBase request)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return json.createObjectNode();
    }
    byte[] body = entity.getContent().readNBytes(MAX_ERROR);
    if (body.length == MAX_ERROR) {
      // Closing the response alone would read the rest of the body.
      request.abort();
    }
    try {
      return ErrorBody.read(json.readTree(body));
    } catch (JacksonException e) {
      ObjectNode error = json.createObjectNode();
      if (isPlainText(entity)) {
        error.put("message", new String(body, StandardCharsets.UTF_8));
      }
      return error;
    }
  }

  private static boolean isPlainText(HttpEntity entity) {
    String type = entity.getContentType();
    return type != null && type.startsWith(ContentType.TEXT_PLAIN.getMimeType());
  }

  /**
   * Returns the message of a provider's server in the form that may be passed on; empty where it
   * has none, or where it may quote the key.
   */
  private String quotableMessage(Connection connection, JsonNode error) {
    if (KEY_ERRORS.contains(error.path("code").asString(""))
        || KEY_ERRORS.contains(error.path("type").asString(""))) {
      return "";
    }
    return messages.sanitize(
        connection.workspace(),
        error.path("message").asString(""),
        decryptedKey(connection).orElse(""));
  }

  private Optional<Duration> retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    if (header == null) {
      return Optional.empty();
    }
    return RetryAfter.parse(header.getValue(), clock.instant());
  }

  private static UpstreamException unreachableFailure(Kind kind, Connection connection) {
    return new UpstreamException(
        kind,
        502,
        "provider_unreachable",
        "Provider '%s' could not be reached: check its address, or try again later."
            .formatted(connection.provider()));
  }

  /**
   * Returns the failure of a TLS handshake. It is neither retried nor counted against the model,
   * because only a change of the connection can help.
   */
  private static UpstreamException tlsFailure(Connection connection, String remedy) {
    return new UpstreamException(
        Kind.REFUSED,
        502,
        "provider_tls",
        "Provider '%s' %s.".formatted(connection.provider(), remedy));
  }

  private static UpstreamException timeoutFailure(Connection connection) {
    return new UpstreamException(
        Kind.FAILED,
        504,
        "provider_timeout",
        "Provider '%s' did not answer in time: try again later, or ask for a shorter answer."
            .formatted(connection.provider()));
  }

  /** Returns the failure for an answer that does not follow the provider's protocol. */
  public UpstreamException malformedAnswerFailure(ProviderModel model) {
    return malformedAnswerFailure(model.connection());
  }

  private static UpstreamException malformedAnswerFailure(Connection connection) {
    return new UpstreamException(
        Kind.MALFORMED,
        502,
        "provider_malformed",
        "The answer of provider '%s' does not follow the %s protocol: check its base URL and kind."
            .formatted(connection.provider(), connection.endpoint().protocol().title()));
  }

  /** Returns the number of calls whose deadline may still pass. */
  int pendingDeadlines() {
    return timer.getQueue().size();
  }

  @PreDestroy
  void close() throws IOException {
    timer.shutdownNow();
    http.close();
  }
}
