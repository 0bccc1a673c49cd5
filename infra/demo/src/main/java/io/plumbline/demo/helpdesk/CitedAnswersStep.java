package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import tools.jackson.databind.JsonNode;

/**
 * A step that shows that the released variant answers with citations, and abstains where the pages
 * have no answer.
 */
public final class CitedAnswersStep implements Step {

  private static final String KNOWN = "What does npm ci do with an existing node_modules folder?";
  private static final String UNKNOWN = "How many days of paid leave do I have left this year?";

  @Override
  public String title() {
    return "Serve it: an answer with its citation, and a question that the pages do not answer";
  }

  @Override
  public void run(DemoContext demo) {
    ApiResponse cited = demo.driver().ask(KNOWN).expect(200);
    demo.log.print(KNOWN);
    demo.log.print("  " + cited.text("/choices/0/message/content").strip());
    JsonNode citation = cited.json().at("/choices/0/message/annotations/0/passage");
    demo.check(
        citation.isObject(),
        "cited: "
            + citation.at("/documentId").asString("")
            + ", "
            + citation.at("/section").asString(""));
    ApiResponse none = demo.driver().ask(UNKNOWN).expect(200);
    demo.log.print(UNKNOWN);
    demo.log.print("  " + none.text("/choices/0/message/content"));
    demo.check(
        none.header("x-plumbline-abstained").equals("true"),
        "the application abstained, and the header of the answer says so");
    demo.recordChange();
  }
}
