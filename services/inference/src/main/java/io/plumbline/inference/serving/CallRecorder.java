package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.Arms;
import io.plumbline.inference.serving.Call.CacheUse;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.JournalFailure;
import io.plumbline.inference.trace.TraceContents;
import io.plumbline.inference.trace.TraceJournal;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.TokenMetrics;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.PromptTooLong;
import io.plumbline.inference.variant.RequestField;
import io.plumbline.platform.identity.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/**
 * Records each call once, before its answer ends: its trace, from which usage and cost are counted,
 * the figures of its arm, and metrics.
 */
@Component
class CallRecorder {

  private static final Logger log = LoggerFactory.getLogger(CallRecorder.class);

  private static final String UNRECORDED = "A call that failed was not recorded: {}";

  private final ModelProjection models;
  private final TraceJournal journal;
  private final TraceContents contents;
  private final TokenMetrics tokens;
  private final Arms arms;
  private final MeteredNames names;

  CallRecorder(
      ModelProjection models,
      TraceJournal journal,
      TraceContents contents,
      TokenMetrics tokens,
      Arms arms,
      MeteredNames names) {
    this.models = models;
    this.journal = journal;
    this.contents = contents;
    this.tokens = tokens;
    this.arms = arms;
    this.names = names;
  }

  /**
   * Called before there is anything to record. What a model answers costs money: a call that could
   * not be metered is refused before it is made.
   *
   * @throws JournalFailure when nothing can be recorded at present
   */
  void requireRoom() {
    journal.requireRoom();
  }

  /**
   * Whether what is asked and answered may be kept. Never of a service: what an evaluation run asks
   * and is answered stays sealed, and is kept where that is decided.
   */
  boolean keepsContents(Call call) {
    return keepsContents(call.caller());
  }

  private boolean keepsContents(Caller caller) {
    return !caller.service() && contents.kept(caller.workspace());
  }

  /**
   * @param answered the messages of the answer; absent without one
   * @throws JournalFailure when the call is not recorded: then it must not be answered
   */
  void record(Call call, Call.Result result, Call.Ending ending, @Nullable ArrayNode answered) {
    UUID workspace = call.caller().workspace();
    Target target = call.target();
    String model = names.of(workspace, target);
    Arm arm = target.arm();
    journal.append(
        new TraceRecord(
            call.arrival().requestId(),
            workspace,
            call.traceId(),
            call.responseId(),
            call.caller().actor(),
            call.endUser(),
            TraceRecord.Operation.CHAT,
            new TraceRecord.Origin(
                target.application(),
                arm == null ? null : arm.environment(),
                arm == null ? null : arm.releaseId(),
                arm == null ? null : arm.name(),
                target.variantDigest(),
                model),
            new TraceRecord.Timing(call.arrival().at(), call.micros(), ending.firstTokenMicros()),
            new TraceRecord.Outcome(
                ending.status(),
                ending.error(),
                keepsContents(call) ? ending.providerMessage() : null,
                ending.finishReason(),
                result.cache().header(),
                call.chat().stream()),
            new TraceRecord.Consumption(result.tokens(), result.cost()),
            call.steps().taken(),
            keepsContents(call) ? contents.of(workspace, call.chat().body(), answered) : null));
    if (ending.status() == Status.REFUSED) {
      return;
    }
    if (arm != null) {
      arms.answered(
          workspace,
          arm,
          ending.status() == Status.ERROR,
          ending.abstained(),
          call.millisWithout(0));
    }
    tokens.count(model, result.tokens());
    if (ending.abstained()) {
      tokens.countAbstention(model);
    }
  }

  /** A call that failed before it had an answer, or that cannot be answered as it is. */
  void recordFailure(Call call, RuntimeException cause) {
    try {
      record(
          call,
          new Call.Result(CacheUse.BYPASS, Tokens.NONE, cost(call, Tokens.NONE)),
          Call.Ending.without(status(call, cause), code(cause), providerMessage(cause)),
          null);
    } catch (JournalFailure e) {
      // Nothing was answered: the caller learns of the first failure.
      log.error(UNRECORDED, e.toString());
    }
  }

  /** A call for embeddings that is answered. */
  void recordEmbedding(
      RequestContext arrival, EndUser endUser, Target target, long inputTokens, @Nullable Money cost) {
    Tokens used = Tokens.of(inputTokens, 0);
    tokens.count(
        recordEmbedding(arrival, endUser, target, used, cost, Status.OK, null, null), used);
  }

  /** A call for embeddings that its model did not answer. */
  void recordFailedEmbedding(
      RequestContext arrival, EndUser endUser, Target target, RuntimeException cause) {
    try {
      recordEmbedding(
          arrival,
          endUser,
          target,
          Tokens.NONE,
          null,
          Status.ERROR,
          code(cause),
          providerMessage(cause));
    } catch (JournalFailure e) {
      log.error(UNRECORDED, e.toString());
    }
  }

  private String recordEmbedding(
      RequestContext arrival,
      EndUser endUser,
      Target target,
      Tokens used,
      @Nullable Money cost,
      Status status,
      @Nullable String error,
      @Nullable String providerMessage) {
    Caller caller = Caller.current();
    String model = names.of(caller.workspace(), target);
    String trace = arrival.traceId();
    journal.append(
        TraceRecord.ofEmbedding(
            arrival,
            trace == null ? arrival.requestId().toString() : trace,
            endUser,
            new TraceRecord.Origin(null, null, null, null, null, model),
            status,
            error,
            keepsContents(caller) ? providerMessage : null,
            new TraceRecord.Consumption(used, cost)));
    return model;
  }

  /** A call whose arm was chosen, but that failed before it was known what answers there. */
  void recordUnresolved(UUID workspace, Arm arm, long started) {
    arms.answered(workspace, arm, true, false, (System.nanoTime() - started) / 1e6);
  }

  /** Absent when no price is known for the model. */
  @Nullable Money cost(Call call, Tokens used) {
    return models
        .price(call.caller().workspace(), call.target().name())
        .map(price -> price.of(used))
        .orElse(null);
  }

  /**
   * How a call without an answer ended. Who sends more than the model reads is refused, whether the
   * platform has counted it or the model says so; and so is who sends what the model does not take,
   * such as an empty question, since one caller could end a canary with it. Where it is the prompt
   * that the model does not take, a release gets no answers to be judged by.
   */
  static Status status(Call call, RuntimeException cause) {
    return switch (cause) {
      case InvalidCall _ -> Status.REFUSED;
      case UpstreamException upstream when isTooLong(upstream.code()) -> Status.REFUSED;
      case UnsupportedRequest unsupported when isOfTheCaller(unsupported.param(), call) ->
          Status.REFUSED;
      default -> Status.ERROR;
    };
  }

  private static boolean isOfTheCaller(@Nullable String param, Call call) {
    return param != null
        && !param.equals(RequestField.MODEL.wire())
        && call.chat().body().has(param);
  }

  static boolean isTooLong(String code) {
    return code.equals(Protocol.TOO_LONG);
  }

  /** Returns what a provider's server said of a failure; absent when it said nothing. */
  static @Nullable String providerMessage(RuntimeException cause) {
    return cause instanceof UpstreamException upstream ? upstream.words() : null;
  }

  /** What an error is called in the answer. */
  static String code(RuntimeException cause) {
    return switch (cause) {
      case UpstreamException upstream -> upstream.code();
      case UnsupportedRequest unsupported -> unsupported.code();
      case OpenAiError error -> error.code();
      case InvalidCall bad -> bad.code();
      case PromptTooLong _ -> PromptTooLong.CODE;
      default -> "internal";
    };
  }
}
