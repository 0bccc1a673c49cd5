package io.plumbline.launcher.workspace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The options with the configuration of a workspace. */
final class WorkspaceFields {

  private static final JsonMapper JSON = new JsonMapper();

  @Option(
      names = "--regions",
      paramLabel = "CODE",
      split = ",",
      description = "Countries whose people the data are about, such as DE,GB.")
  private @Nullable List<String> regions;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "The currency of costs, such as EUR; USD if a new workspace gets none.")
  private @Nullable String currency;

  @Option(
      names = "--rate",
      paramLabel = "ROLE=AMOUNT",
      description = "What an hour in a role costs, such as ml-engineer=95.00. Repeatable.")
  private @Nullable Map<String, String> rates;

  @Option(
      names = "--quota",
      paramLabel = "KIND=N",
      description =
          "The largest number of applications, prompts, base-models, suites or variants."
              + " Repeatable.")
  private @Nullable Map<String, Long> quotas;

  @Option(
      names = "--retention-days",
      paramLabel = "N",
      description = "The days for which contents are kept.")
  private @Nullable Integer retentionDays;

  /** Returns the fields of the options that were given. */
  ObjectNode given() {
    ObjectNode fields = JSON.createObjectNode();
    if (regions != null) {
      ArrayNode codes = fields.putArray("regions");
      regions.forEach(codes::add);
    }
    if (currency != null) {
      fields.put("currency", currency);
    }
    if (rates != null) {
      ArrayNode all = fields.putArray("roleRates");
      rates.forEach((role, amount) -> all.addObject().put("role", role).put("perHour", amount));
    }
    if (quotas != null) {
      ArrayNode all = fields.putArray("quotas");
      quotas.forEach((kind, limit) -> all.addObject().put("kind", kind).put("limit", limit));
    }
    if (retentionDays != null) {
      fields.put("retentionDays", retentionDays);
    }
    return fields;
  }
}
