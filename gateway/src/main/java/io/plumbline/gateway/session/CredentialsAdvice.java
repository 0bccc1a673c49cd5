package io.plumbline.gateway.session;

import io.plumbline.gateway.OpenAiPath;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Explains why a request has no caller, and what to send instead. Most people who see the text have
 * just set up a client of OpenAI. It repeats nothing that was sent.
 */
final class CredentialsAdvice {

  private static final String KEY = "plk_";
  private static final String BEARER = "Bearer ";
  private static final String OPENAI_KEY = "sk-";
  private static final String SEND_A_KEY =
      "Send an API key of this installation as Authorization: Bearer plk_…; an sre of your"
          + " workspace creates API keys.";

  private CredentialsAdvice() {}

  static String of(ServerWebExchange exchange) {
    HttpHeaders headers = exchange.getRequest().getHeaders();
    String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    boolean openAi = OpenAiPath.isOpenAiRequest(exchange);
    boolean lacksVersion = !openAi && OpenAiPath.lacksVersion(exchange);
    if (authorization == null && headers.containsHeader("api-key")) {
      return "The header api-key, as clients of Azure send it, is not read. Use a client of OpenAI"
          + " with a base URL that ends with /v1. "
          + SEND_A_KEY;
    }
    if (authorization == null && headers.containsHeader("x-api-key")) {
      return "The header x-api-key, as clients of Anthropic send it, is not read. Use a client of"
          + " OpenAI with a base URL that ends with /v1. "
          + SEND_A_KEY;
    }
    String bearer = bearer(authorization);
    if (lacksVersion) {
      String remedy = OpenAiPath.missingVersionAdvice(exchange);
      if (bearer != null && bearer.startsWith(KEY)) {
        return remedy;
      }
      return remedy + " " + SEND_A_KEY;
    }
    if (bearer != null && bearer.startsWith(KEY)) {
      return "An API key opens /v1 alone, with chat completions, embeddings, models, prompts and"
          + " feedback. Elsewhere sign in, or send the access token of a person or a service.";
    }
    if (authorization != null && authorization.startsWith(KEY)) {
      return "The header Authorization lacks the word Bearer: send Authorization: Bearer plk_….";
    }
    if (bearer != null && bearer.startsWith(OPENAI_KEY)) {
      return "The bearer is a key of OpenAI or of another provider (sk-…), which opens nothing"
          + " here. "
          + SEND_A_KEY;
    }
    if (openAi && authorization == null) {
      return "The request has no API key. " + SEND_A_KEY;
    }
    if (openAi) {
      return "The bearer is neither an API key of this installation (plk_…) nor a valid access"
          + " token; one may have expired. "
          + SEND_A_KEY;
    }
    return "The request has no session and no valid bearer token. Sign in, or send a token that has"
        + " not expired.";
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    return authorization.substring(BEARER.length()).strip();
  }
}
