package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Real mails are uploaded, their personal data found and masked, split without leakage, and
 * admitted by policy.
 */
public final class DatasetStep implements Step {

  private static final Duration INGEST = Duration.ofMinutes(2);
  private static final int MAX_ROWS = 2_000;

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
    JsonNode raw = ready(demo, versions + "/1");
    demo.console.print(mails.size() + " mails uploaded; report: " + figures(raw));

    Answer refused =
        demo.ada.post(
            versions + "/1/admission", Map.of("purposes", List.of("TRAIN", "INDEX", "EVALUATE")));
    demo.check(
        refused.status() == 409, "unmasked, it is not admitted: " + refused.json().at("/missing"));

    demo.ada.post(versions + "/1/mask", Map.of("numbered", false)).expect(202);
    JsonNode masked = ready(demo, versions + "/2");
    demo.console.print(
        "masked as version 2, digest "
            + masked.at("/versionDigest").asString().substring(0, 12)
            + "…; "
            + figures(masked));
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
                Map.of("train", 0.6, "validation", 0.2, "test", 0.2)))
        .expect(202);
    JsonNode split =
        demo.ada
            .await(
                "the split",
                INGEST,
                versions + "/2/splits",
                list -> List.of("READY", "FAILED").contains(list.at("/items/0/state").asString()))
            .at("/items/0");
    demo.check(split.at("/state").asString().equals("READY"), "the split is ready");
    demo.put("splitDigest", split.at("/splitDigest").asString());
    demo.console.print(
        "split by seed 7, stratified, duplicates dropped, to "
            + MAX_ROWS
            + " rows so that this fits two cores: "
            + split.at("/subsets"));
    demo.check(
        split.at("/leakage").asLong(-1) == 0, "no row of one subset is in another, nor nearly");

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

  private static JsonNode ready(DemoContext demo, String version) {
    JsonNode ready =
        demo.ada.await(
            "the ingest",
            INGEST,
            version,
            each -> List.of("READY", "FAILED").contains(each.at("/state").asString()));
    demo.check(
        ready.at("/state").asString().equals("READY"),
        version.replaceFirst("/api/datasets/", "") + " is ready");
    return ready;
  }

  private static String figures(JsonNode version) {
    JsonNode report = version.at("/report");
    return version.at("/rows").asString()
        + " rows, "
        + report.at("/duplicates/exact").asString("?")
        + " exact and "
        + report.at("/duplicates/near").asString("?")
        + " near duplicates, "
        + report.at("/privacy/personal").asString("?")
        + " personal data and "
        + report.at("/privacy/secrets").asString("?")
        + " secrets";
  }
}
