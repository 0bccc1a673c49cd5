package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Step;
import java.util.Map;

/** A fine-tune is asked for before its time. */
public final class Premature implements Step {

  @Override
  public String title() {
    return "Fine-tuning now is refused, and told what is missing";
  }

  @Override
  public void take(Loop loop) {
    Answer refused =
        loop.ada.post(
            "/api/training-jobs",
            Map.of(
                "application",
                loop.application(),
                "baseModel",
                Prompts.MODEL,
                "splitDigest",
                loop.get("splitDigest"),
                "method",
                "HEAD",
                "seed",
                7));
    loop.check(
        refused.status() == 409 && !refused.json().at("/missing").isEmpty(),
        refused.problem() + ", missing " + refused.json().at("/missing"));
  }
}
