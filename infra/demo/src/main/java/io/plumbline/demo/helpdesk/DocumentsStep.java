package io.plumbline.demo.helpdesk;

import io.plumbline.demo.driver.DatasetDriver;
import io.plumbline.demo.step.Datasets;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A step that uploads real documentation as documents and the questions as items, masks their
 * personal data and admits both: the pages to be indexed, the questions to evaluate with.
 */
public final class DocumentsStep implements Step {

  private static final String PAGES = "npm-pages";
  private static final String QUESTIONS = "npm-questions";

  @Override
  public String title() {
    return "Upload real documentation and questions to it, mask, admit";
  }

  @Override
  public void run(DemoContext demo) {
    JsonNode pages =
        Datasets.uploadUnlessDone(
            demo,
            PAGES,
            Map.of(
                "kind",
                "DOCUMENTS",
                "description",
                "The pages of the npm client's own documentation, version 11.6.2",
                "licence",
                "Artistic-2.0",
                "legalBasis",
                "public documentation"),
            Documentation.zip(Path.of(".plumbline", "demo"), demo.size),
            "application/zip");
    demo.log.print("documentation uploaded as a zip: " + Datasets.reportText(pages));
    int version = maskIfNeeded(demo, PAGES, pages);
    Datasets.admit(demo, PAGES, version, List.of("INDEX"));
    demo.put("documentsSplit", Datasets.split(demo, PAGES, version));

    JsonNode questions =
        Datasets.uploadUnlessDone(
            demo,
            QUESTIONS,
            Map.of(
                "kind",
                "QUESTION_ANSWER",
                "description",
                "Questions to the npm client's documentation, some without answer",
                "licence",
                "CC0-1.0",
                "legalBasis",
                "written for this demo"),
            Questions.jsonLines(Questions.of(demo.size)),
            DatasetDriver.JSON_LINES);
    demo.log.print("questions uploaded: " + Datasets.reportText(questions));
    int asked = maskIfNeeded(demo, QUESTIONS, questions);
    demo.put(
        "splitDigest", Datasets.split(demo, QUESTIONS, asked, Map.of("seed", 7, "given", true)));
    Datasets.admit(demo, QUESTIONS, asked, List.of("EVALUATE"));
  }

  /**
   * Masks a version when it has personal data or secrets, and returns the number of the version to
   * go on with.
   */
  private static int maskIfNeeded(DemoContext demo, String dataset, JsonNode version) {
    JsonNode privacy = version.at("/report/privacy");
    if (privacy.at("/personal").asLong(0) + privacy.at("/secrets").asLong(0) == 0) {
      return 1;
    }
    demo.log.print(
        dataset
            + " masked as version 2: "
            + Datasets.reportText(Datasets.maskUnlessDone(demo, dataset)));
    return 2;
  }
}
