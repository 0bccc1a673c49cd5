package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.apikey.ApiKeyActorName;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.ArmCounts;
import io.plumbline.inference.serving.ChatCall.CacheUse;
import io.plumbline.inference.serving.protocol.AbandonedCall;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.trace.JournalFailure;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceContents;
import io.plumbline.inference.trace.TraceJournal;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.TokenAllowance;
import io.plumbline.inference.usage.TokenMetrics;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.PromptTooLong;
import io.plumbline.inference.variant.RequestField;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.problem.Problem;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/**
 * Records each call once, before its answer ends. It records the trace, from which usage and cost
 * are counted, the figures of the arm, and metrics.
 */
@Component
class CallRecorder {

  private static final Logger log = LoggerFactory.getLogger(CallRecorder.class);

  private static final String UNRECORDED =
      "The failed call of request {} was not recorded in the journal. Its caller gets the failure"
          + " all the same: {}";

  private final ModelProjection models;
  private final TraceJournal journal;
  private final TraceContents contents;
  private final TokenMetrics tokens;
  private final ArmCounts arms;
  private final MeteredNames names;
  private final TokenAllowance allowance;

  CallRecorder(
      ModelProjection models,
      TraceJournal journal,
      TraceContents contents,
      TokenMetrics tokens,
      ArmCounts arms,
      MeteredNames names,
      TokenAllowance allowance) {
    this.models = models;
    this.journal = journal;
    this.contents = contents;
    this.tokens = tokens;
    this.arms = arms;
    this.names = names;
    this.allowance = allowance;
  }

  /**
   * Requires that the journal can record a call. An answer of a model costs money, so a call that
   * could not be metered is refused before the model is called.
   *
   * @throws JournalFailure when nothing can be recorded at present
   */
  void requireRoom() {
    journal.requireRoom();
  }

  /**
   * Requires that a person has tokens left for the call of a provider's model. Services and API
   * keys have no such limit.
   *
   * @throws Problem 429 when the person's tokens of the day are used
   */
  void requireAllowance(Caller caller, Target target, RequestContext context) {
    if (isPerson(caller) && target.usesProvider()) {
      allowance.requireRoom(caller, context.requestId(), context.at());
    }
  }

  private void countForPerson(
      Caller caller, Target target, UUID request, Tokens used, Status status) {
    if (isPerson(caller) && target.usesProvider()) {
      allowance.recordEnd(caller, request, used, status != Status.REFUSED);
    }
  }

  private static boolean isPerson(Caller caller) {
    return !caller.service() && ApiKeyActorName.findKeyId(caller.actor()).isEmpty();
  }

  /**
   * Returns whether the contents of a call may be kept. The contents of a service's call are never
   * kept here: those of an evaluation run stay sealed, and the evaluation service decides what it
   * keeps.
   */
  boolean keepsContents(ChatCall chatCall) {
    return keepsContents(chatCall.caller());
  }

  private boolean keepsContents(Caller caller) {
    return !caller.service() && contents.keepsContents(caller.workspace());
  }

  /**
   * Records a call.
   *
   * @param answered the messages of the answer; absent without an answer
   * @throws JournalFailure when the call cannot be recorded, so that it must not be answered
   */
  void record(
      ChatCall chatCall,
      ChatCall.Result result,
      ChatCall.Ending ending,
      @Nullable ArrayNode answered) {
    UUID workspace = chatCall.caller().workspace();
    String model = names.nameOf(workspace, chatCall.target());
    Arm arm = chatCall.target().arm();
    countForPerson(
        chatCall.caller(),
        chatCall.target(),
        chatCall.context().requestId(),
        result.tokens(),
        ending.status());
    journal.append(
        new TraceRecord(
            chatCall.context().requestId(),
            workspace,
            chatCall.traceId(),
            chatCall.responseId(),
            chatCall.caller().actor(),
            chatCall.caller().service(),
            chatCall.caller().service() && chatCall.context().sealed(),
            chatCall.endUser(),
            TraceRecord.Operation.CHAT,
            originOf(chatCall.target(), model),
            new TraceRecord.Timing(
                chatCall.context().at(), chatCall.ageMicros(), ending.firstTokenMicros()),
            new TraceRecord.Outcome(
                ending.status(),
                ending.error(),
                keepsContents(chatCall) ? ending.providerMessage() : null,
                ending.finishReason(),
                result.cache().header(),
                chatCall.chat().stream()),
            new TraceRecord.Consumption(result.tokens(), result.cost()),
            chatCall.steps().recordedSteps(),
            keepsContents(chatCall)
                ? contents.keptContents(workspace, chatCall.chat().body(), answered)
                : null));
    if (ending.status() == Status.REFUSED) {
      return;
    }
    if (arm != null) {
      arms.countAnswer(
          chatCall.caller().id(),
          chatCall.context().namesUsers() ? chatCall.endUser().userHash() : null,
          arm,
          ending.status() == Status.ERROR,
          ending.abstained(),
          chatCall.overheadMillis(0));
    }
    tokens.countTokens(model, result.tokens());
    if (ending.abstained()) {
      tokens.countAbstention(model);
    }
  }

  private static TraceRecord.Origin originOf(Target target, String model) {
    Arm arm = target.arm();
    if (arm == null) {
      return new TraceRecord.Origin(
          target.application(), null, null, null, target.variantDigest(), model);
    }
    return new TraceRecord.Origin(
        target.application(),
        arm.environment(),
        arm.releaseId(),
        arm.name(),
        target.variantDigest(),
        model);
  }

  /** Records a call that failed before it had an answer, or that was refused. */
  void recordFailure(ChatCall chatCall, RuntimeException cause) {
    Tokens used = cause instanceof AbandonedCall abandoned ? abandoned.tokens() : Tokens.NONE;
    try {
      record(
          chatCall,
          result(chatCall, CacheUse.BYPASS, used),
          ChatCall.Ending.withoutAnswer(
              endingStatus(chatCall, cause), errorCode(cause), providerMessage(cause)),
          null);
    } catch (JournalFailure e) {
      // There is no answer to withhold, so the caller gets the first failure and not this one.
      log.error(UNRECORDED, chatCall.context().requestId(), e.toString());
    }
  }

  /** Takes a step. Its failure counts against the arm, unless the call itself is at fault. */
  <T> T runRecordingFailure(ChatCall chatCall, Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      recordFailure(chatCall, e);
      throw e;
    }
  }

  /** Records a call for embeddings that is answered. */
  void recordEmbedding(
      RequestContext context,
      EndUser endUser,
      Target target,
      long inputTokens,
      @Nullable Money cost) {
    Tokens used = Tokens.of(inputTokens, 0);
    tokens.countTokens(
        recordEmbedding(context, endUser, target, used, cost, Status.OK, null, null), used);
  }

  /** Forgets a call for embeddings that was refused before it reached a model. */
  void forgetEmbedding(RequestContext context, Target target) {
    countForPerson(Caller.current(), target, context.requestId(), Tokens.NONE, Status.REFUSED);
  }

  /** Records a call for embeddings that its model did not answer. */
  void recordFailedEmbedding(
      RequestContext context, EndUser endUser, Target target, RuntimeException cause) {
    try {
      recordEmbedding(
          context,
          endUser,
          target,
          Tokens.NONE,
          null,
          Status.ERROR,
          errorCode(cause),
          providerMessage(cause));
    } catch (JournalFailure e) {
      log.error(UNRECORDED, context.requestId(), e.toString());
    }
  }

  private String recordEmbedding(
      RequestContext context,
      EndUser endUser,
      Target target,
      Tokens used,
      @Nullable Money cost,
      Status status,
      @Nullable String error,
      @Nullable String providerMessage) {
    Caller caller = Caller.current();
    String model = names.nameOf(caller.workspace(), target);
    countForPerson(caller, target, context.requestId(), used, status);
    journal.append(
        TraceRecord.ofEmbedding(
            context,
            Objects.requireNonNullElse(context.traceId(), context.requestId().toString()),
            endUser,
            new TraceRecord.Origin(null, null, null, null, null, model),
            status,
            error,
            keepsContents(caller) ? providerMessage : null,
            new TraceRecord.Consumption(used, cost)));
    return model;
  }

  /** Counts a failure of an arm that was chosen but whose model could not be resolved. */
  void recordUnresolved(CallerId caller, EndUser endUser, Arm arm, long started) {
    arms.countAnswer(
        caller,
        ApiKeyScope.isTrustedToNameUsers() ? endUser.userHash() : null,
        arm,
        true,
        false,
        (System.nanoTime() - started) / 1e6);
  }

  /** Returns the usage of a call with its cost. */
  ChatCall.Result result(ChatCall chatCall, CacheUse use, Tokens tokens) {
    UUID workspace = chatCall.caller().workspace();
    return new ChatCall.Result(
        use,
        models.pricedName(workspace, chatCall.target().name()),
        tokens,
        cost(chatCall, tokens));
  }

  /** Returns the cost of tokens; absent when no price is known for the model. */
  @Nullable Money cost(ChatCall chatCall, Tokens used) {
    return models
        .price(chatCall.caller().workspace(), chatCall.target().name())
        .map(price -> price.costOf(used))
        .orElse(null);
  }

  /**
   * Returns the status of a call without an answer. A call is refused when it has more text than
   * the model reads, whether the platform counts it or the model reports it. It is refused as well
   * when it has content that the model does not take, such as an empty question: counted as an
   * error, it would let one caller end a canary. A prompt that the model does not take is an error,
   * because a release with such a prompt gets no answers to be judged by.
   */
  static Status endingStatus(ChatCall chatCall, RuntimeException cause) {
    return switch (cause) {
      case InvalidCall _ -> Status.REFUSED;
      case AbandonedCall _ -> Status.ABANDONED;
      case UpstreamException upstream when isTooLong(upstream.code()) -> Status.REFUSED;
      case UnsupportedRequest unsupported
          when isCallersField(unsupported.parameterName(), chatCall) ->
          Status.REFUSED;
      default -> Status.ERROR;
    };
  }

  private static boolean isCallersField(@Nullable String param, ChatCall chatCall) {
    return param != null
        && !param.equals(RequestField.MODEL.wireName())
        && chatCall.chat().body().has(param);
  }

  static boolean isTooLong(String code) {
    return code.equals(Protocol.TOO_LONG);
  }

  /** Returns the message of a provider's server about a failure; absent when there is none. */
  static @Nullable String providerMessage(RuntimeException cause) {
    return cause instanceof UpstreamException upstream ? upstream.providerMessage() : null;
  }

  /** Returns the code of an error in the answer. */
  static String errorCode(RuntimeException cause) {
    return switch (cause) {
      case UpstreamException upstream -> upstream.code();
      case AbandonedCall abandoned -> abandoned.code();
      case UnsupportedRequest unsupported -> unsupported.code();
      case OpenAiError error -> error.code();
      case InvalidCall bad -> bad.code();
      case PromptTooLong _ -> PromptTooLong.CODE;
      default -> "internal";
    };
  }
}
