package io.plumbline.compliance.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A gate that policies hold, and the variables that it lets them speak of: dotted names, each with
 * a type of its own.
 */
public enum PolicyTarget {
  DATASET_ADMISSION("dataset-admission") {
    @Override
    List<Variable> vocabulary() {
      return List.of(
          new Variable("dataset.name", SimpleType.STRING),
          new Variable("dataset.version", SimpleType.INT),
          new Variable("dataset.kind", SimpleType.STRING),
          new Variable("dataset.rows", SimpleType.INT),
          new Variable("dataset.piiFindings", SimpleType.INT),
          new Variable("dataset.masked", SimpleType.BOOL),
          new Variable("dataset.exactDuplicates", SimpleType.INT),
          new Variable("dataset.nearDuplicates", SimpleType.INT),
          new Variable("dataset.licence", SimpleType.STRING, "empty when not given"),
          new Variable("dataset.legalBasis", SimpleType.STRING, "empty when not given"),
          new Variable(
              "dataset.leakage",
              SimpleType.INT,
              "over all splits of the version, 0 without a split"),
          new Variable(
              "dataset.labels",
              MapType.create(SimpleType.STRING, SimpleType.INT),
              "rows of each label"),
          new Variable("purpose", SimpleType.STRING, "TRAIN, INDEX or EVALUATE"));
    }
  },
  RELEASE("release") {
    @Override
    List<Variable> vocabulary() {
      return List.of(
          new Variable("release.environment", SimpleType.STRING),
          new Variable("release.canaryPercent", SimpleType.INT),
          new Variable(
              "release.override",
              SimpleType.BOOL,
              "whether a reason to override the verdict is given"),
          new Variable("verdict.outcome", SimpleType.STRING, "PASS, FAIL or INCONCLUSIVE"),
          new Variable("verdict.reasons", ListType.create(SimpleType.STRING)),
          new Variable("application.name", SimpleType.STRING),
          new Variable("application.criticality", SimpleType.STRING, "LOW, MEDIUM, HIGH or empty"));
    }
  },
  APPROVAL("approval") {
    @Override
    List<Variable> vocabulary() {
      return List.of(
          new Variable("approval.requestType", SimpleType.STRING, "such as release.requested"),
          new Variable("approval.object", SimpleType.STRING),
          new Variable("approval.requester", SimpleType.STRING),
          new Variable("approval.authors", ListType.create(SimpleType.STRING)),
          new Variable("approval.approver", SimpleType.STRING),
          new Variable("approval.roles", ListType.create(SimpleType.STRING)),
          new Variable("approval.decision", SimpleType.STRING, "APPROVED or REJECTED"),
          new Variable("approval.reason", SimpleType.STRING, "empty when not given"));
    }
  };

  /**
   * @param meaning what the name leaves open; empty when nothing
   */
  record Variable(String name, CelType type, String meaning) {

    Variable(String name, CelType type) {
      this(name, type, "");
    }
  }

  private final String slug;

  PolicyTarget(String slug) {
    this.slug = slug;
  }

  abstract List<Variable> vocabulary();

  public String slug() {
    return slug;
  }

  public static Optional<PolicyTarget> of(String slug) {
    return Arrays.stream(values()).filter(target -> target.slug.equals(slug)).findFirst();
  }
}
