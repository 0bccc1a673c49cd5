package io.plumbline.gateway;

import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;

/** Recognises requests to the OpenAI API, even when their address lacks /v1. */
public final class OpenAiPath {

  private static final String VERSION = "/v1";

  /** The first path segments that OpenAI and Azure use and the platform does not. */
  private static final Set<String> FIRST_SEGMENTS =
      Set.of(
          "audio",
          "batches",
          "chat",
          "completions",
          "embeddings",
          "files",
          "fine_tuning",
          "images",
          "messages",
          "models",
          "moderations",
          "openai",
          "responses");

  private OpenAiPath() {}

  /** Returns whether the request is one of the OpenAI API. */
  public static boolean isOpenAiRequest(ServerWebExchange exchange) {
    return pathOf(exchange).startsWith(VERSION + "/");
  }

  /** Returns whether the request is one that clients of OpenAI send to a base URL without /v1. */
  public static boolean lacksVersion(ServerWebExchange exchange) {
    PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
    return path.elements().size() > 1 && FIRST_SEGMENTS.contains(path.elements().get(1).value());
  }

  /** Returns advice for a caller whose address lacks /v1. */
  public static String missingVersionAdvice(ServerWebExchange exchange) {
    return "The base URL of a client of OpenAI has to end with /v1, so that it calls %s%s instead of %2$s."
        .formatted(VERSION, PrintablePath.of(pathOf(exchange)));
  }

  private static String pathOf(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().value();
  }
}
