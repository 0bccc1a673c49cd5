package io.plumbline.inference.variant;

import io.plumbline.inference.context.ContextFitResult;
import io.plumbline.inference.provider.protocol.Protocol;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides who is at fault when a call of a variant does not fit. A variant that fits no call has
 * failed: if its callers were refused instead, its canary would look harmless.
 */
public final class TooLongCallRefusal {

  private TooLongCallRefusal() {}

  /**
   * Returns the exception for a call that does not fit.
   *
   * @param call the body of a {@link GovernedCall}
   * @return an {@link InvalidCall}, or {@link PromptTooLong} where the variant itself is at fault
   */
  public static RuntimeException toException(ContextFitResult.TooLong tooLong, ObjectNode call) {
    String field =
        switch (tooLong.fault()) {
          case CALLER -> RequestField.MESSAGES.wireName();
          case ANSWER ->
              firstSent(call, RequestField.MAX_COMPLETION_TOKENS, RequestField.MAX_TOKENS);
          case VARIANT ->
              firstSent(
                  call,
                  RequestField.PLUMBLINE_VARIABLES,
                  RequestField.TOOLS,
                  RequestField.FUNCTIONS,
                  RequestField.RESPONSE_FORMAT);
        };
    if (field.isEmpty()) {
      return new PromptTooLong(tooLong.message());
    }
    return new InvalidCall(Protocol.TOO_LONG, field, tooLong.message());
  }

  /** Returns the first of the fields that the caller sent; empty for none. */
  private static String firstSent(ObjectNode call, RequestField... fields) {
    return Stream.of(fields).map(RequestField::wireName).filter(call::has).findFirst().orElse("");
  }
}
