package io.plumbline.modelregistry.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The information to read before using a version (after Mitchell et al. 2019, "Model Cards for
 * Model Reporting"). Every statement comes from the lineage, except the description.
 */
public record ModelCard(
    String model,
    int version,
    String intendedUse,
    String kind,
    List<String> labels,
    String baseModel,
    String licence,
    Map<String, Double> validationMetrics,
    List<String> limits,
    Lineage lineage,
    String author,
    String registeredBy,
    String registeredAt,
    List<String> aliases) {

  public static ModelCard of(Model model, ModelVersion version, List<Alias> aliases) {
    Lineage lineage = version.lineage();
    return new ModelCard(
        version.model(),
        version.version(),
        version.description().isBlank() ? model.description() : version.description(),
        "A classification head on a text encoder, not an LLM: it selects one of its labels and"
            + " writes no text.",
        lineage.labels(),
        lineage.baseModel(),
        lineage.baseLicence(),
        lineage.metrics(),
        List.of(
            "Answers with the labels above only; a request with other options is refused.",
            "Reads the first " + lineage.maxTokens() + " tokens of a text.",
            "The encoder was trained on English text; other languages are untested.",
            "The metrics are of the validation subset by which the checkpoint was chosen, so they"
                + " are optimistic; judge the model by an evaluation run on held-out rows."),
        lineage,
        version.author(),
        version.registeredBy(),
        version.registeredAt().toString(),
        aliases.stream()
            .filter(alias -> alias.version() == version.version())
            .map(Alias::alias)
            .toList());
  }

  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(model).append(" version ").append(version).append("\n\n");
    if (!intendedUse.isBlank()) {
      text.append(escaped(intendedUse)).append("\n\n");
    }
    text.append(kind).append("\n\n");
    text.append("- Labels: ")
        .append(labels.stream().map(ModelCard::escaped).collect(Collectors.joining(", ")))
        .append('\n');
    text.append("- Base model: ")
        .append(baseModel)
        .append(" (")
        .append(escaped(licence))
        .append(")\n");
    text.append("- Aliases: ")
        .append(aliases.isEmpty() ? "none" : String.join(", ", aliases))
        .append("\n\n");
    text.append("## Validation\n\n| Metric | Value |\n|---|---|\n");
    validationMetrics.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "| %s | %.4f |%n", name, value)));
    text.append("\n## Limits\n\n");
    limits.forEach(limit -> text.append("- ").append(limit).append('\n'));
    text.append("\n## Lineage\n\n| Property | Value |\n|---|---|\n");
    appendRow(text, "Application", lineage.application());
    appendRow(text, "Training job", lineage.jobId().toString());
    appendRow(text, "Method", lineage.method());
    appendRow(text, "Dataset version", lineage.datasetDigest().hex());
    appendRow(text, "Split", lineage.splitDigest().hex());
    appendRow(text, "Base model digest", lineage.baseDigest().hex());
    appendRow(text, "Encoder", lineage.encoder() + " " + lineage.encoderDigest().hex());
    appendRow(
        text,
        "Checkpoint",
        lineage.checkpointDigest() == null ? "none" : lineage.checkpointDigest().hex());
    appendRow(text, "Artifact", lineage.artifactDigest().hex());
    lineage.hyperparameters().forEach((name, value) -> appendRow(text, name, value));
    appendRow(
        text, "Cost", lineage.cost().amount().toPlainString() + " " + lineage.cost().currency());
    appendRow(text, "Compute", String.format(Locale.ROOT, "%.1f s", lineage.computeSeconds()));
    appendRow(text, "Author", author);
    appendRow(text, "Registered", registeredAt + " by " + registeredBy);
    return text.toString();
  }

  private static void appendRow(StringBuilder text, String property, String value) {
    text.append("| ").append(property).append(" | ").append(escaped(value)).append(" |\n");
  }

  /** Escapes a text that people wrote, so that it adds no markup, table cells or lines. */
  private static String escaped(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|!])", "\\\\$1");
  }
}
