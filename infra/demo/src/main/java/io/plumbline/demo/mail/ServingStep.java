package io.plumbline.demo.mail;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A step that shows that the released variant answers, as JSON and as a stream. */
public final class ServingStep implements Step {

  private static final String MAIL =
      "Free prescription drugs\n"
          + "Order now and save 80%, no doctor needed, overnight shipping, click here to buy.";

  @Override
  public String title() {
    return "Serve it: one call, one stream";
  }

  @Override
  public void run(DemoContext demo) {
    ApiResponse apiResponse = demo.driver().ask(MAIL).expect(200);
    demo.recordChange();
    String variant = apiResponse.header("x-plumbline-variant");
    demo.log.print(
        "answer "
            + apiResponse.text("/choices/0/message/content")
            + " in "
            + apiResponse.header("x-plumbline-overhead-ms")
            + " ms of overhead, cost "
            + apiResponse.header("x-plumbline-cost"));
    demo.log.print(
        "it came from variant " + variant.substring(0, Math.min(12, variant.length())) + "…");

    Map<String, Object> streamed =
        new HashMap<>(ApplicationDriver.chatRequest("app/" + demo.application(), MAIL));
    streamed.put("stream", true);
    List<String> events = demo.ada.stream("/v1/chat/completions", streamed).toList();
    demo.check(
        events.size() > 1 && events.getLast().equals("[DONE]"),
        "streamed in " + events.size() + " events");
  }
}
