package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.Datasets;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Real documentation is uploaded as documents and the questions as items, their personal data
 * masked, and both are admitted: the pages to be indexed, the questions to evaluate with.
 */
public final class DocumentsStep implements Step {

  @Override
  public String title() {
    return "Upload real documentation and questions to it, mask, admit";
  }

  @Override
  public void run(DemoContext demo) {
    Map<String, Object> pages = dataset("npm-pages", "DOCUMENTS");
    pages.put("description", "The pages of the npm client's own documentation, version 11.6.2");
    pages.put("licence", "Artistic-2.0");
    pages.put("legalBasis", "public documentation");
    demo.ada.post("/api/datasets", pages).expect(201);
    demo.ada
        .upload(
            "/api/datasets/npm-pages/versions",
            Documentation.zip(Path.of(".plumbline", "demo")),
            "application/zip")
        .expect(202);
    JsonNode uploaded = Datasets.ready(demo, "npm-pages", 1);
    demo.console.print("documentation uploaded as a zip: " + Datasets.figures(uploaded));
    int version = masked(demo, "npm-pages", uploaded);
    admit(demo, "npm-pages", version, "INDEX");
    demo.put("documentsSplit", Datasets.split(demo, "npm-pages", version));

    Map<String, Object> questions = dataset("npm-questions", "QUESTION_ANSWER");
    questions.put(
        "description", "Questions to the npm client's documentation, some without answer");
    questions.put("licence", "CC0-1.0");
    questions.put("legalBasis", "written for this demo");
    demo.ada.post("/api/datasets", questions).expect(201);
    demo.ada
        .upload(
            "/api/datasets/npm-questions/versions",
            Questions.jsonLines(Questions.all()),
            "application/x-ndjson")
        .expect(202);
    JsonNode asked = Datasets.ready(demo, "npm-questions", 1);
    demo.console.print("questions uploaded: " + Datasets.figures(asked));
    int askedVersion = masked(demo, "npm-questions", asked);
    demo.ada
        .post(
            "/api/datasets/npm-questions/versions/" + askedVersion + "/splits",
            Map.of("seed", 7, "given", true))
        .expect(202);
    demo.put("splitDigest", Datasets.split(demo, "npm-questions", askedVersion));
    admit(demo, "npm-questions", askedVersion, "EVALUATE");
  }

  private static Map<String, Object> dataset(String name, String kind) {
    return new HashMap<>(Map.of("name", name, "kind", kind));
  }

  /** The version to go on with: masked, where there is personal data or a secret to mask. */
  private static int masked(DemoContext demo, String dataset, JsonNode version) {
    JsonNode privacy = version.at("/report/privacy");
    if (privacy.at("/personal").asLong(0) + privacy.at("/secrets").asLong(0) == 0) {
      return 1;
    }
    demo.ada
        .post("/api/datasets/" + dataset + "/versions/1/mask", Map.of("numbered", false))
        .expect(202);
    demo.console.print(
        dataset + " masked as version 2: " + Datasets.figures(Datasets.ready(demo, dataset, 2)));
    return 2;
  }

  private static void admit(DemoContext demo, String dataset, int version, String purpose) {
    Answer admission =
        demo.ada
            .post(
                "/api/datasets/" + dataset + "/versions/" + version + "/admission",
                Map.of("purposes", List.of(purpose)))
            .expect(200);
    demo.check(
        admission.text("/outcome").equals("PASS"),
        "the workspace's policy admits " + dataset + " to " + purpose);
  }
}
