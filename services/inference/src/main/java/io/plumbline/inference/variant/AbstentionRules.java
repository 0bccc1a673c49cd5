package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether a variant can abstain as it says: an abstention is an answer like any other. */
@Component
class AbstentionRules {

  private static final String ANSWER = "/abstention/answer";

  private final PromptContents prompts;

  AbstentionRules(PromptContents prompts) {
    this.prompts = prompts;
  }

  /**
   * May fetch the prompt, so that it is asked before a transaction begins.
   *
   * @throws Problem where the answer is none by the response format of the variant's calls
   */
  void requireAnswer(Abstention abstention, Digest prompt, CallerPolicy policy) {
    if (policy.allows(Allowance.RESPONSE_FORMAT)) {
      throw unfit(
          "An abstention is held against the response format of the prompt, which callers of this"
              + " variant may replace.",
          "/callerPolicy/allowed",
          "must not have response_format beside an abstention");
    }
    prompts
        .answers(prompt)
        .flatMap(schema -> schema.violation(abstention.answer()))
        .ifPresent(violation -> {
          throw unfit(
              "The answer of an abstention has to follow the response format of the prompt.",
              ANSWER,
              "must follow the prompt's response format: " + violation);
        });
  }

  /**
   * @throws Problem for a model that does not say how sure it is
   */
  static void requireConfidence(List<PinnedModel> models) {
    for (PinnedModel model : models) {
      if (model.connection() != null) {
        throw unfit(
            ("%s is a provider's model, which does not say how sure it is: omit abstention, or use"
                    + " a local or a tuned model.")
                .formatted(model.model()),
            "/abstention",
            "needs models with a confidence");
      }
    }
  }

  private static Problem unfit(String detail, String pointer, String violation) {
    return new Problem(CommonProblem.UNPROCESSABLE, detail).at(pointer, violation);
  }
}
