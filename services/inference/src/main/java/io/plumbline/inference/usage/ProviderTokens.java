package io.plumbline.inference.usage;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a call to a provider: as it reports them, else estimated, since a stream that ends
 * early reports none and is billed all the same. An estimate takes each piece of a stream for a
 * token at least, and four bytes of text for one.
 */
public final class ProviderTokens {

  private static final int BYTES_PER_TOKEN = 4;

  private final JsonNode request;
  private long pieces;
  private long bytes;
  private @Nullable Tokens reported;

  public ProviderTokens(JsonNode request) {
    this.request = request;
  }

  /** A piece of a stream. */
  public void sent(JsonNode chunk) {
    for (JsonNode choice : chunk.path("choices").values()) {
      JsonNode delta = choice.path("delta");
      long size = textBytes(delta) - textBytes(delta.path("role"));
      bytes += size;
      pieces += size > 0 ? 1 : 0;
    }
    read(chunk.path("usage"));
  }

  /** A whole answer. */
  public void answered(JsonNode completion) {
    for (JsonNode choice : completion.path("choices").values()) {
      JsonNode message = choice.path("message");
      bytes += textBytes(message) - textBytes(message.path("role"));
    }
    read(completion.path("usage"));
  }

  private void read(JsonNode usage) {
    if (usage.path("prompt_tokens").isNumber()) {
      reported =
          new Tokens(
              count(usage, "/prompt_tokens"),
              count(usage, "/prompt_tokens_details/cached_tokens"),
              count(usage, "/completion_tokens"),
              count(usage, "/completion_tokens_details/reasoning_tokens"));
    }
  }

  private static long count(JsonNode usage, String pointer) {
    return Math.max(0, usage.at(pointer).asLong(0));
  }

  public Tokens counted() {
    return reported == null
        ? Tokens.of(tokens(textBytes(request.path("messages"))), Math.max(pieces, tokens(bytes)))
        : reported;
  }

  private static long tokens(long bytes) {
    return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
  }

  /** Of all texts in a document, without the names of its fields. */
  private static long textBytes(JsonNode node) {
    return node.isString()
        ? node.asString().getBytes(StandardCharsets.UTF_8).length
        : node.valueStream().mapToLong(ProviderTokens::textBytes).sum();
  }
}
