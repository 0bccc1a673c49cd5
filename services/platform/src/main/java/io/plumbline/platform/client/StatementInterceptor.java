package io.plumbline.platform.client;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.signature.EventSigner;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Adds the signed statement of this service to a call of another one. It names the workspace, and
 * the person only while this service answers a request of that person.
 */
final class StatementInterceptor implements ClientHttpRequestInterceptor {

  private final String service;
  private final String target;
  private final EventSigner signer;
  private final InstantSource clock;

  /**
   * @param service the name of this service
   * @param target the name of the service that is called
   */
  StatementInterceptor(String service, String target, EventSigner signer, InstantSource clock) {
    this.service = service;
    this.target = target;
    this.signer = signer;
    this.clock = clock;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    Caller caller = Caller.current();
    CallStatement statement =
        new CallStatement(
            caller.workspace(),
            caller.service() ? null : caller.actor(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    CallStatement.Call call =
        new CallStatement.Call(
            service,
            target,
            request.getMethod().name(),
            CallStatement.Call.path(request.getURI().getRawPath(), request.getURI().getRawQuery()));
    request.getHeaders().set(CallStatement.HEADER, signer.sign(statement, call));
    return execution.execute(request, body);
  }
}
