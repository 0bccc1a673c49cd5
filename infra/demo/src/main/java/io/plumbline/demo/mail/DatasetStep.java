package io.plumbline.demo.mail;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.Datasets;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Real mails are uploaded, their personal data found and masked, split without leakage, and
 * admitted by policy.
 */
public final class DatasetStep implements Step {

  private static final int MAX_ROWS = 1_100;

  @Override
  public String title() {
    return "Upload real mail, find and mask personal data, split, check leakage, admit";
  }

  @Override
  public void run(DemoContext demo) {
    String name = demo.application().replace("mail-triage", "mail");
    String versions = "/api/datasets/" + name + "/versions";
    demo.ada
        .post(
            "/api/datasets",
            Map.of(
                "name",
                name,
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
                List.of("personal", "newsletter", "spam")))
        .expect(201);
    List<MailCorpus.Mail> mails =
        MailCorpus.part(
            MailCorpus.load(Path.of(".plumbline", "demo")), Integer.parseInt(demo.get("run")));
    demo.ada.upload(versions, MailCorpus.jsonLines(mails), "application/x-ndjson").expect(202);
    JsonNode raw = Datasets.ready(demo, name, 1);
    demo.console.print(mails.size() + " mails uploaded; report: " + Datasets.figures(raw));

    Answer refused =
        demo.ada.post(
            versions + "/1/admission", Map.of("purposes", List.of("TRAIN", "INDEX", "EVALUATE")));
    demo.check(
        refused.status() == 409, "unmasked, it is not admitted: " + refused.json().at("/missing"));

    demo.ada.post(versions + "/1/mask", Map.of("numbered", false)).expect(202);
    JsonNode masked = Datasets.ready(demo, name, 2);
    demo.console.print(
        "masked as version 2, digest "
            + masked.at("/versionDigest").asString().substring(0, 12)
            + "…; "
            + Datasets.figures(masked));
    demo.put("versionDigest", masked.at("/versionDigest").asString());

    demo.ada
        .post(
            versions + "/2/splits",
            Map.of(
                "seed",
                7,
                "stratify",
                true,
                "dropDuplicates",
                true,
                "maxRows",
                MAX_ROWS,
                "subsets",
                Map.of("train", 0.56, "validation", 0.19, "test", 0.25)))
        .expect(202);
    demo.put("splitDigest", Datasets.split(demo, name, 2));
    demo.console.print(
        "split by seed 7, stratified, duplicates dropped, to "
            + MAX_ROWS
            + " rows so that this fits two cores");

    Answer admission =
        demo.ada
            .post(
                versions + "/2/admission",
                Map.of("purposes", List.of("TRAIN", "INDEX", "EVALUATE")))
            .expect(200);
    demo.check(
        admission.text("/outcome").equals("PASS"),
        "the workspace's policy admits it to train, index and evaluate");
  }
}
