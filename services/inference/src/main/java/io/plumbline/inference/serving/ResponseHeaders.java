package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
import io.plumbline.inference.serving.ChatCall.CacheUse;
import io.plumbline.inference.serving.CompletionService.Served;
import io.plumbline.inference.serving.protocol.RequestIdFilter;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.RetrievalToggle;
import io.plumbline.platform.lifecycle.CpuModel;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** The headers that say how a response was produced. */
final class ResponseHeaders {

  static final String ABSTAINED = "x-plumbline-abstained";
  static final String CACHE = "x-plumbline-cache";
  static final String COST = "x-plumbline-cost";
  static final String FALLBACK = "x-plumbline-fallback";
  static final String IGNORED = "x-plumbline-ignored";
  static final String OVERHEAD = "x-plumbline-overhead-ms";
  static final String PROCESSOR = "x-plumbline-processor";
  static final String TRACE = "x-plumbline-trace";
  static final String TRIMMED = "x-plumbline-trimmed";
  static final String TRUNCATED = "x-plumbline-truncated";
  static final String USAGE = "x-plumbline-usage";
  static final String VARIANT = "x-plumbline-variant";

  private static final int MAX_NAMES = 1_000;

  private ResponseHeaders() {}

  /** Sets the headers of a complete answer. */
  static void setForCompletion(Served served, HttpServletResponse response) {
    ChatCall chatCall = served.call();
    setForCall(chatCall, response);
    response.setHeader(CACHE, served.result().cache().header());
    Money cost = served.cost();
    if (cost != null) {
      response.setHeader(COST, costValue(cost));
    }
    if (chatCall.caller().service()) {
      response.setHeader(USAGE, usageValue(served));
    }
    List<String> truncated = served.completion().truncated();
    if (!truncated.isEmpty()) {
      response.setHeader(TRUNCATED, String.join(",", truncated));
    }
    setTrimmed(served.completion().dropped(), response);
    if (served.completion().abstained()) {
      response.setHeader(ABSTAINED, "true");
    }
    response.setHeader(
        OVERHEAD, millisValue(chatCall.overheadMillis(served.completion().modelNanos())));
  }

  /**
   * Sets the headers of a stream that a provider has started, whose cost is not known yet.
   *
   * @param asked {@link System#nanoTime()} when the provider was asked
   */
  static void setForStream(
      ChatCall chatCall, int dropped, long asked, HttpServletResponse response) {
    setForCall(chatCall, response);
    setTrimmed(dropped, response);
    response.setHeader(CACHE, CacheUse.BYPASS.header());
    response.setHeader(OVERHEAD, millisValue(chatCall.overheadMillis(System.nanoTime() - asked)));
  }

  private static void setForCall(ChatCall chatCall, HttpServletResponse response) {
    response.setHeader(TRACE, chatCall.traceId());
    response.setHeader(RequestIdFilter.NAME, chatCall.traceId());
    Digest variant = chatCall.target().variantDigest();
    if (variant != null) {
      response.setHeader(VARIANT, variant.hex());
    }
    if (chatCall.caller().service()) {
      response.setHeader(PROCESSOR, printable(CpuModel.name()));
    }
    if (chatCall.target().substitute()) {
      response.setHeader(FALLBACK, printable(chatCall.target().name()));
    }
    if (chatCall.withoutRetrieval()) {
      response.setHeader(RetrievalToggle.HEADER, RetrievalToggle.RETRIEVAL);
    }
    if (!chatCall.ignored().isEmpty()) {
      response.setHeader(IGNORED, joinedNames(chatCall.ignored()));
    }
  }

  private static void setTrimmed(int dropped, HttpServletResponse response) {
    if (dropped > 0) {
      response.setHeader(TRIMMED, Integer.toString(dropped));
    }
  }

  /**
   * Returns the tokens of each priced model that the answer took, as {@code
   * model;input;cached;output} separated by commas. Evaluation keeps them, to compute costs again
   * under other prices.
   */
  static String usageValue(Served served) {
    Tokens tokens = served.result().tokens();
    String usage =
        "%s;%d;%d;%d"
            .formatted(
                served.result().pricedModel(),
                tokens.input(),
                tokens.cachedInput(),
                tokens.output());
    EmbeddingResult.Use searching = served.searching();
    if (searching != null) {
      usage += ",%s;%d;0;0".formatted(searching.model(), searching.tokens());
    }
    return printable(usage);
  }

  static String costValue(Money cost) {
    return cost.amount().toPlainString() + " " + cost.currency();
  }

  /**
   * Returns a number of milliseconds with two decimals.
   *
   * @param millis not negative
   */
  static String millisValue(double millis) {
    long hundredths = Math.round(millis * 100);
    long rest = hundredths % 100;
    return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /**
   * Returns as many names as fit into a header, so that a long list cannot make the answer fail.
   */
  private static String joinedNames(List<String> ignored) {
    String names = printable(String.join(",", ignored));
    return names.length() <= MAX_NAMES ? names : names.substring(0, MAX_NAMES) + "...";
  }
}
