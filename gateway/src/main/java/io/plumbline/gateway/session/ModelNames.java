package io.plumbline.gateway.session;

import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/**
 * Decodes the slashes in names of models, which clients of the OpenAI API encode in the path:
 * {@code /v1/models/app%2Ftriage}. Only here an encoded slash is allowed. The firewall checks the
 * decoded path and rejects in it what it rejects in any path.
 */
final class ModelNames {

  private static final String MODELS = "/v1/models/";
  private static final Pattern SLASH = Pattern.compile("%2F", Pattern.CASE_INSENSITIVE);

  private ModelNames() {}

  static ServerWebExchange withDecodedSlashes(ServerWebExchange exchange) {
    String path = exchange.getRequest().getURI().getRawPath();
    if (!path.startsWith(MODELS) || !SLASH.matcher(path).find()) {
      return exchange;
    }
    String decoded = SLASH.matcher(path).replaceAll("/");
    return exchange.mutate().request(request -> request.path(decoded)).build();
  }
}
