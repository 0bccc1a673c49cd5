package io.plumbline.compliance.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A gate that policies hold, and the variables that it lets them speak of: dotted names, each with a type of its own. */
public enum PolicyTarget {
  DATASET_ADMISSION("dataset-admission") {
    @Override
    Map<String, CelType> vocabulary() {
      Map<String, CelType> names = new LinkedHashMap<>();
      names.put("dataset.name", SimpleType.STRING);
      names.put("dataset.version", SimpleType.INT);
      names.put("dataset.kind", SimpleType.STRING);
      names.put("dataset.rows", SimpleType.INT);
      names.put("dataset.piiFindings", SimpleType.INT);
      names.put("dataset.masked", SimpleType.BOOL);
      names.put("dataset.exactDuplicates", SimpleType.INT);
      names.put("dataset.nearDuplicates", SimpleType.INT);
      names.put("dataset.licence", SimpleType.STRING);
      names.put("dataset.legalBasis", SimpleType.STRING);
      names.put("dataset.leakage", SimpleType.INT);
      names.put("dataset.labels", MapType.create(SimpleType.STRING, SimpleType.INT));
      names.put("purpose", SimpleType.STRING);
      return names;
    }
  },
  RELEASE("release") {
    @Override
    Map<String, CelType> vocabulary() {
      Map<String, CelType> names = new LinkedHashMap<>();
      names.put("release.environment", SimpleType.STRING);
      names.put("release.canaryPercent", SimpleType.INT);
      names.put("release.override", SimpleType.BOOL);
      names.put("verdict.outcome", SimpleType.STRING);
      names.put("verdict.reasons", ListType.create(SimpleType.STRING));
      names.put("application.name", SimpleType.STRING);
      names.put("application.criticality", SimpleType.STRING);
      return names;
    }
  },
  APPROVAL("approval") {
    @Override
    Map<String, CelType> vocabulary() {
      Map<String, CelType> names = new LinkedHashMap<>();
      names.put("approval.requestType", SimpleType.STRING);
      names.put("approval.object", SimpleType.STRING);
      names.put("approval.requester", SimpleType.STRING);
      names.put("approval.authors", ListType.create(SimpleType.STRING));
      names.put("approval.approver", SimpleType.STRING);
      names.put("approval.roles", ListType.create(SimpleType.STRING));
      names.put("approval.decision", SimpleType.STRING);
      names.put("approval.reason", SimpleType.STRING);
      return names;
    }
  };

  private final String slug;

  PolicyTarget(String slug) {
    this.slug = slug;
  }

  abstract Map<String, CelType> vocabulary();

  public String slug() {
    return slug;
  }

  public static Optional<PolicyTarget> of(String slug) {
    return Arrays.stream(values()).filter(target -> target.slug.equals(slug)).findFirst();
  }
}
