package io.plumbline.inference.serving;

import io.plumbline.inference.answer.PassageInclusionGuard;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    String user = chat.body().path("user").asString("");
    Target target =
        resolveTarget(
            caller.workspace(), chat.model(), user.isEmpty() ? response.toString() : user, started);
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
            endUserPseudonymizer.pseudonymize(caller.workspace(), chat.body()),
            chat,
            target,
            ignoredFields(chat, target),
            false,
            without != null,
            included != null);
    Variant variant = target.variant();
    if (variant == null) {
      return chatCall;
    }
    return applyCallerPolicy(chatCall, variant);
  }

  /**
   * Resolves the target of a call. A failure counts against the arm, because a candidate without a
   * model that answers must not look harmless.
   */
  private Target resolveTarget(UUID workspace, String model, String key, long started) {
    Arm arm = resolver.findArm(workspace, model, key).orElse(null);
    try {
      return resolver.resolve(workspace, model, arm);
    } catch (RuntimeException e) {
      if (arm != null) {
        recorder.recordUnresolved(workspace, arm, started);
      }
      throw e;
    }
  }

  /**
   * Returns the fields that a model without a variant ignores. A provider may have fields of its
   * own, a model in this process has none.
   */
  private static List<String> ignoredFields(ChatRequest chat, Target target) {
    List<String> ignored = new ArrayList<>();
    if (!(target.backend() instanceof Target.External)) {
      ignored.addAll(chat.unknown());
    }
    if (chat.body().has(ChatRequest.VARIABLES)) {
      ignored.add(ChatRequest.VARIABLES);
    }
    return ignored;
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
