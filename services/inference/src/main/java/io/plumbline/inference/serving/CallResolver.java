package io.plumbline.inference.serving;

import io.plumbline.inference.answer.PassageInclusionGuard;
import io.plumbline.inference.bare.BareModelRules;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.enduser.EndUserPseudonymizer;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.ResponseIds;
import io.plumbline.inference.trace.RequestContexts;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.variant.Composer;
import io.plumbline.inference.variant.GovernedCall;
import io.plumbline.inference.variant.RetrievalToggle;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a request into a call: resolves its model's name, checks what the caller may switch off or
 * ask for, and leaves of the request what its variant lets the caller decide.
 */
@Component
class CallResolver {

  private final ModelResolver resolver;
  private final Composer composer;
  private final RetrievalToggle retrievalToggle;
  private final PassageInclusionGuard passageInclusionGuard;
  private final CallRecorder recorder;
  private final ResponseIds ids;
  private final EndUserPseudonymizer endUserPseudonymizer;
  private final RequestContexts contexts;

  CallResolver(
      ModelResolver resolver,
      Composer composer,
      RetrievalToggle retrievalToggle,
      PassageInclusionGuard passageInclusionGuard,
      CallRecorder recorder,
      ResponseIds ids,
      EndUserPseudonymizer endUserPseudonymizer,
      RequestContexts contexts) {
    this.resolver = resolver;
    this.composer = composer;
    this.retrievalToggle = retrievalToggle;
    this.passageInclusionGuard = passageInclusionGuard;
    this.recorder = recorder;
    this.ids = ids;
    this.endUserPseudonymizer = endUserPseudonymizer;
    this.contexts = contexts;
  }

  /**
   * Resolves the model of a call.
   *
   * @param without the component of the variant that the caller switches off; absent for none
   * @param included the addition to the answer that the caller requests; absent for none
   * @param started {@link System#nanoTime()} when the call arrived
   */
  ChatCall resolve(
      ChatRequest chat, @Nullable String without, @Nullable String included, long started) {
    recorder.requireRoom();
    if (without != null) {
      retrievalToggle.requireAllowed(without, chat.model());
    }
    if (included != null) {
      passageInclusionGuard.requireAllowed(included, chat.model());
    }
    Caller caller = Caller.current();
    RequestContexts.RequestContext context = contexts.create(started);
    UUID response = context.requestId();
    EndUser endUser = endUserPseudonymizer.pseudonymize(caller.workspace(), chat.body());
    Target target = resolveTarget(chat.model(), endUser, response, started);
    context.steps().record(TraceSteps.Kind.RESOLVE, started, Map.of());
    ChatCall chatCall =
        new ChatCall(
            context,
            // Without retrieval, feedback on the answer says nothing about the whole variant.
            ids.issue(
                caller.workspace(),
                response,
                target.arm(),
                without == null ? target.variantDigest() : null),
            caller,
            endUser,
            chat,
            target,
            ignoredFields(chat),
            false,
            without != null,
            included != null);
    Variant variant = target.variant();
    ChatCall governed =
        variant == null ? checkBareModelCall(chatCall) : applyCallerPolicy(chatCall, variant);
    recorder.requireAllowance(caller, target, context);
    return governed;
  }

  /**
   * Resolves the target of a call. A failure counts against the arm, because a candidate without a
   * model that answers must not look harmless.
   */
  private Target resolveTarget(String model, EndUser endUser, UUID request, long started) {
    CallerId caller = Caller.current().id();
    Arm arm =
        resolver
            .findCalledArm(caller.workspace(), model, armKey(caller, endUser, request))
            .orElse(null);
    try {
      return resolver.resolve(caller.workspace(), model, arm);
    } catch (RuntimeException e) {
      if (arm != null) {
        recorder.recordUnresolved(caller, endUser, arm, started);
      }
      throw e;
    }
  }

  /**
   * Returns the key by which an arm is drawn. It has the keyed hash of the user, so that nobody can
   * compute which names of users lead to which arm.
   */
  private static String armKey(CallerId caller, EndUser endUser, UUID request) {
    return caller.actor() + "/" + Objects.requireNonNullElse(endUser.userHash(), request);
  }

  /** Returns the fields that a model without a variant ignores. */
  private static List<String> ignoredFields(ChatRequest chat) {
    return chat.body().has(ChatRequest.VARIABLES) ? List.of(ChatRequest.VARIABLES) : List.of();
  }

  private ChatCall checkBareModelCall(ChatCall chatCall) {
    return recorder.runRecordingFailure(
        chatCall,
        () -> {
          new BareModelRules(chatCall.target().passedFields()).checkChat(chatCall.chat().body());
          return chatCall;
        });
  }

  private ChatCall applyCallerPolicy(ChatCall chatCall, Variant variant) {
    GovernedCall governed =
        recorder.runRecordingFailure(
            chatCall,
            () -> {
              if (chatCall.withoutRetrieval()) {
                RetrievalToggle.requireRetrieval(variant);
              }
              return composer.applyCallerPolicy(variant, chatCall.chat().body());
            });
    return chatCall.withGovernedRequest(governed);
  }
}
