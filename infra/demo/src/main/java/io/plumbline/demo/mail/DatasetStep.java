package io.plumbline.demo.mail;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.driver.DatasetDriver;
import io.plumbline.demo.step.Datasets;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A step that uploads real mails, finds and masks their personal data, splits them without leakage
 * and has them admitted by policy.
 */
public final class DatasetStep implements Step {

  static final String DATASET = "mail";
  private static final Path FOLDER = Path.of(".plumbline", "demo");
  private static final List<String> PURPOSES = List.of("TRAIN", "INDEX", "EVALUATE");

  @Override
  public String title() {
    return "Upload real mail, find and mask personal data, split, check leakage, admit";
  }

  @Override
  public void run(DemoContext demo) {
    MailPlan plan = MailPlan.of(demo.size);
    JsonNode raw =
        Datasets.uploadUnlessDone(
            demo,
            DATASET,
            Map.of(
                "kind",
                "CLASSIFICATION",
                "description",
                "SpamAssassin public mails, subject and body",
                "licence",
                "CC0-1.0",
                "legalBasis",
                "public corpus",
                "textColumn",
                "text",
                "labelColumn",
                "label",
                "labels",
                List.of("personal", "newsletter", "spam")),
            MailCorpus.jsonLines(MailCorpus.chooseShare(MailCorpus.load(FOLDER), plan.tenths())),
            DatasetDriver.JSON_LINES);
    demo.log.print("mails uploaded; report: " + Datasets.reportText(raw));
    if (!demo.exists("/api/datasets/" + DATASET + "/versions/2")) {
      ApiResponse refused = demo.dataset(DATASET).admit(1, PURPOSES);
      demo.check(
          refused.status() == 409,
          "unmasked, it is not admitted: " + refused.json().at("/missing"));
    }
    JsonNode masked = Datasets.maskUnlessDone(demo, DATASET);
    demo.log.print(
        "masked as version 2, digest "
            + masked.at("/versionDigest").asString().substring(0, 12)
            + "…; "
            + Datasets.reportText(masked));
    demo.put("versionDigest", masked.at("/versionDigest").asString());

    demo.put("splitDigest", Datasets.split(demo, DATASET, 2, plan.splitRequest()));
    demo.log.print(
        "split by seed 7, stratified, duplicates dropped, to "
            + plan.rows()
            + " rows so that this fits two cores");
    Datasets.admit(demo, DATASET, 2, PURPOSES);
  }
}
