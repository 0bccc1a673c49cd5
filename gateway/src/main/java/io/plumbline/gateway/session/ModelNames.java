package io.plumbline.gateway.session;

import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/**
 * Names of models have slashes, which clients of the OpenAI API encode in the path: {@code
 * /v1/models/app%2Ftriage}. Here, and nowhere else, an encoded slash is one; what the firewall
 * refuses in a path it refuses in the decoded one too.
 */
final class ModelNames {

  private static final String MODELS = "/v1/models/";
  private static final Pattern SLASH = Pattern.compile("%2F", Pattern.CASE_INSENSITIVE);

  private ModelNames() {}

  static ServerWebExchange decoded(ServerWebExchange exchange) {
    String path = exchange.getRequest().getURI().getRawPath();
    if (!path.startsWith(MODELS) || !SLASH.matcher(path).find()) {
      return exchange;
    }
    String decoded = SLASH.matcher(path).replaceAll("/");
    return exchange.mutate().request(request -> request.path(decoded)).build();
  }
}
