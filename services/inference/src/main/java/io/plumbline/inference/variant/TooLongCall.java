package io.plumbline.inference.variant;

import io.plumbline.inference.context.Fitted;
import io.plumbline.inference.provider.protocol.Protocol;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says who is at fault that a call of a variant does not fit. A variant that fits no call has
 * failed: if its callers were refused, its canary would look harmless.
 */
public final class TooLongCall {

  private TooLongCall() {}

  /**
   * @param call the body of a {@link GovernedCall}
   * @return a {@link InvalidCall}, or {@link PromptTooLong} where the variant itself is at fault
   */
  public static RuntimeException refusal(Fitted.TooLong tooLong, ObjectNode call) {
    String field =
        switch (tooLong.fault()) {
          case CALLER -> RequestField.MESSAGES.wire();
          case ANSWER -> sent(call, RequestField.MAX_COMPLETION_TOKENS, RequestField.MAX_TOKENS);
          case VARIANT ->
              sent(
                  call,
                  RequestField.PLUMBLINE_VARIABLES,
                  RequestField.TOOLS,
                  RequestField.FUNCTIONS,
                  RequestField.RESPONSE_FORMAT);
        };
    return field.isEmpty()
        ? new PromptTooLong(tooLong.message())
        : new InvalidCall(Protocol.TOO_LONG, field, tooLong.message());
  }

  /** The first of the fields that a caller sent; empty for none. */
  private static String sent(ObjectNode call, RequestField... fields) {
    return Stream.of(fields).map(RequestField::wire).filter(call::has).findFirst().orElse("");
  }
}
