package io.plumbline.platform.web;

import io.plumbline.platform.body.BodyBufferingFilter;
import io.plumbline.platform.data.Housekeeping;
import io.plumbline.platform.gate.GatedTransaction;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs {@link Idempotent} handlers. Requests with the same key, content and actor have one effect
 * and get one answer.
 */
final class Idempotency implements MethodInterceptor {

  static final String HEADER = "Idempotency-Key";
  private static final int MAX_KEY = 200;
  private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG);

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final JsonMapper json;
  private final Clock clock;

  Idempotency(
      JdbcClient sql, PlatformTransactionManager transactions, JsonMapper json, Clock clock) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
    this.clock = clock;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation handler) throws Throwable {
    HttpServletRequest request =
        ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    String key = request.getHeader(HEADER);
    if (key == null) {
      return handler.proceed();
    }
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw Problem.invalid(HEADER, "must have 1 to " + MAX_KEY + " characters");
    }
    Claim claim = new Claim(Caller.current(), key, requestDigest(request));
    try {
      return GatedTransaction.run(() ->
          transaction.execute(status ->
              tryClaim(claim) ? runAndStore(again(handler), claim) : storedAnswer(claim)));
    } catch (Wrapped wrapped) {
      throw wrapped.cause();
    }
  }

  /** Returns a call of the handler that can be made once more if its transaction has to wait. */
  private static MethodInvocation again(MethodInvocation handler) {
    return handler instanceof ProxyMethodInvocation call ? call.invocableClone() : handler;
  }

  private boolean tryClaim(Claim claim) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    try {
      sql.sql("SET LOCAL lock_timeout = '2s'").update();
      sql.sql(
              "DELETE FROM idempotency WHERE workspace_id = ? AND actor = ? AND key = ? AND"
                  + " created_at < ?")
          .params(
              claim.caller.workspace(),
              claim.caller.actor(),
              claim.key,
              now.minus(Housekeeping.ANSWERS))
          .update();
      int inserted =
          sql.sql(
                  "INSERT INTO idempotency (workspace_id, actor, key, request_hash, created_at)"
                      + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
              .params(claim.caller.workspace(), claim.caller.actor(), claim.key, claim.hash, now)
              .update();
      sql.sql("SET LOCAL lock_timeout = DEFAULT").update();
      return inserted == 1;
    } catch (CannotAcquireLockException | QueryTimeoutException e) {
      throw new Problem(
              CommonProblem.STILL_RUNNING,
              "The request with this Idempotency-Key is still running; send it again with the same"
                  + " key in a moment.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  private @Nullable Object runAndStore(MethodInvocation handler, Claim claim) {
    Object answer;
    try {
      answer = handler.proceed();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new Wrapped(e);
    }
    if (!(answer instanceof ResponseEntity<?> response)) {
      throw new IllegalStateException(
          handler.getMethod() + " is @Idempotent but returns no ResponseEntity");
    }
    if (response.getStatusCode().is2xxSuccessful()) {
      Map<String, String> headers = new TreeMap<>();
      KEPT_HEADERS.forEach(name ->
          Optional.ofNullable(response.getHeaders().getFirst(name))
              .ifPresent(value -> headers.put(name, value)));
      Object kept = withoutShownOnce(response.getBody());
      byte[] body = kept == null ? new byte[0] : json.writeValueAsBytes(kept);
      sql.sql(
              "UPDATE idempotency SET status = ?, headers = ?::jsonb, body = ? WHERE workspace_id ="
                  + " ? AND actor = ? AND key = ?")
          .params(
              response.getStatusCode().value(),
              json.writeValueAsString(headers),
              body,
              claim.caller.workspace(),
              claim.caller.actor(),
              claim.key)
          .update();
    }
    return answer;
  }

  private static @Nullable Object withoutShownOnce(@Nullable Object body) {
    return body instanceof ShownOnce once ? once.withoutSecret() : body;
  }

  private ResponseEntity<Object> storedAnswer(Claim claim) {
    Stored stored =
        sql.sql(
                "SELECT request_hash, status, headers, body FROM idempotency WHERE workspace_id = ?"
                    + " AND actor = ? AND key = ?")
            .params(claim.caller.workspace(), claim.caller.actor(), claim.key)
            .query((row, index) ->
                new Stored(
                    row.getBytes("request_hash"),
                    row.getInt("status"),
                    row.getString("headers"),
                    row.getBytes("body")))
            .single();
    if (!MessageDigest.isEqual(stored.hash, claim.hash)) {
      throw new Problem(
          CommonProblem.KEY_REUSED,
          "This Idempotency-Key was sent with another method, path, query or body within the last"
              + " %d hours. Use a new key.".formatted(Housekeeping.ANSWERS.toHours()));
    }
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(stored.status);
    json.readTree(stored.headers)
        .propertyStream()
        .forEach(header -> answer.header(header.getKey(), header.getValue().asString()));
    if (stored.body.length == 0) {
      return answer.build();
    }
    return answer.contentType(MediaType.APPLICATION_JSON).body(json.readTree(stored.body));
  }

  private byte[] requestDigest(HttpServletRequest request) throws IOException {
    return RequestDigest.of(request, BodyBufferingFilter.bytesOf(request), json);
  }

  private record Claim(Caller caller, String key, byte[] hash) {}

  private record Stored(byte[] hash, int status, String headers, byte[] body) {}

  /**
   * Carries a checked exception out of the transaction, whose callback may only throw unchecked
   * ones.
   */
  private static final class Wrapped extends RuntimeException {
    Wrapped(Throwable cause) {
      super(cause);
    }

    Throwable cause() {
      Throwable cause = getCause();
      return cause == null ? this : cause;
    }
  }
}
