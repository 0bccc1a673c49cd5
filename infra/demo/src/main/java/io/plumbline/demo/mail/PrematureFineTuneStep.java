package io.plumbline.demo.mail;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;

/** A step that requests a fine-tune before its phase is open. */
public final class PrematureFineTuneStep implements Step {

  @Override
  public String title() {
    return "Fine-tuning now is refused, naming the evidence that is missing";
  }

  @Override
  public void run(DemoContext demo) {
    boolean isLater =
        demo.find(
                "/api/variants?limit=100&application=" + demo.application(),
                each -> each.at("/name").asString().equals(RetrievalStep.VARIANT))
            .isPresent();
    if (isLater) {
      demo.log.print("refused before retrieval was tried; the refusal is in the ledger");
      return;
    }
    ApiResponse refused = demo.ada.post("/api/training-jobs", FineTuningStep.trainingRequest(demo));
    demo.check(
        refused.status() == 409 && !refused.json().at("/missing").isEmpty(),
        "fine-tuning is refused by '%s', which names as missing: %s"
            .formatted(refused.problem(), refused.json().at("/missing")));
    demo.recordChange();
  }
}
