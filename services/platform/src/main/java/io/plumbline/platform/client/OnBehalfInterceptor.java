package io.plumbline.platform.client;

import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Names the workspace and the person on whose behalf a service calls another service. */
final class OnBehalfInterceptor implements ClientHttpRequestInterceptor {

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    Caller caller = Caller.current();
    request.getHeaders().set("Plumbline-Workspace", caller.workspace().toString());
    request.getHeaders().set("Plumbline-On-Behalf-Of", caller.actor());
    return execution.execute(request, body);
  }
}
