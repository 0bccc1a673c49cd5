package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Step;
import java.util.List;
import java.util.Map;

/** What was released answers, as JSON and as a stream. */
public final class Serving implements Step {

  private static final String MAIL =
      "Free prescription drugs\n"
          + "Order now and save 80%, no doctor needed, overnight shipping, click here to buy.";

  @Override
  public String title() {
    return "Serve it: one call, one stream";
  }

  @Override
  public void take(Loop loop) {
    Map<String, Object> call =
        Map.of(
            "model",
            "app/" + loop.application(),
            "messages",
            List.of(Map.of("role", "user", "content", MAIL)));
    Answer answer = loop.ada.post("/v1/chat/completions", call).expect(200);
    String variant = answer.header("x-plumbline-variant");
    loop.console.say(
        "answer "
            + answer.text("/choices/0/message/content")
            + " in "
            + answer.header("x-plumbline-overhead-ms")
            + " ms of ours, cost "
            + answer.header("x-plumbline-cost"));
    loop.check(
        variant.equals(loop.candidate(loop.get("chosen")).variantDigest()),
        "it came from the released variant "
            + variant.substring(0, Math.min(12, variant.length()))
            + "…");

    List<String> events =
        loop.ada.stream(
                "/v1/chat/completions",
                Map.of(
                    "model",
                    "app/" + loop.application(),
                    "stream",
                    true,
                    "messages",
                    List.of(Map.of("role", "user", "content", MAIL))))
            .toList();
    loop.check(
        events.size() > 1 && events.getLast().equals("[DONE]"),
        "streamed in " + events.size() + " events");
    loop.put(
        "serving",
        loop.get("chosen") + " as " + variant.substring(0, Math.min(12, variant.length())) + "…");
  }
}
