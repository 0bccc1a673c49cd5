package io.plumbline.policy;

import static io.plumbline.policy.VariableType.BOOL;
import static io.plumbline.policy.VariableType.COUNTS;
import static io.plumbline.policy.VariableType.INT;
import static io.plumbline.policy.VariableType.STRING;
import static io.plumbline.policy.VariableType.STRINGS;

import java.util.List;

/** The variables of each target. */
final class Vocabulary {

  static final List<Variable> DATASET_ADMISSION =
      List.of(
          new Variable("dataset.name", STRING),
          new Variable("dataset.version", INT),
          new Variable("dataset.kind", STRING),
          new Variable("dataset.rows", INT),
          new Variable("dataset.piiFindings", INT),
          new Variable(
              "dataset.instructionFindings",
              INT,
              "documents with instructions to a model, as a list of phrases finds them"),
          new Variable("dataset.masked", BOOL),
          new Variable("dataset.exactDuplicates", INT),
          new Variable("dataset.nearDuplicates", INT),
          new Variable("dataset.licence", STRING, "empty when not given"),
          new Variable("dataset.legalBasis", STRING, "empty when not given"),
          new Variable(
              "dataset.leakage",
              INT,
              "the most leaking rows of the newest split and of each that something was made of, 0"
                  + " without a split"),
          new Variable("dataset.labels", COUNTS, "rows of each label"),
          new Variable("purpose", STRING, "TRAIN, INDEX or EVALUATE"));

  static final List<Variable> RELEASE =
      List.of(
          new Variable("release.environment", STRING),
          new Variable("release.canaryPercent", INT),
          new Variable(
              "release.override",
              BOOL,
              "whether a verdict that did not pass is overridden with a reason"),
          new Variable("verdict.outcome", STRING, "PASS, FAIL or INCONCLUSIVE"),
          new Variable("verdict.reasons", STRINGS),
          new Variable("application.name", STRING),
          new Variable("application.criticality", STRING, "LOW, MEDIUM or HIGH"));

  static final List<Variable> APPROVAL =
      List.of(
          new Variable("approval.requestType", STRING, "such as release.requested"),
          new Variable("approval.object", STRING),
          new Variable("approval.requester", STRING),
          new Variable("approval.authors", STRINGS),
          new Variable("approval.approver", STRING),
          new Variable("approval.roles", STRINGS),
          new Variable("approval.decision", STRING, "APPROVED or REJECTED"),
          new Variable("approval.reason", STRING, "empty when not given"));

  /** The variables for a release that changes only documents, after a verdict of no harm. */
  static final List<Variable> REFRESH =
      List.of(
          new Variable("refresh.environment", STRING),
          new Variable("refresh.canaryPercent", INT),
          new Variable("refresh.dataset", STRING, "the dataset of the documents"),
          new Variable("refresh.formerVersion", INT, "the version of the dataset that serves now"),
          new Variable(
              "refresh.version", INT, "the version of the dataset to release, admitted for INDEX"),
          new Variable("refresh.requester", STRING),
          new Variable(
              "refresh.authors", STRINGS, "of every part, including the builder of the index"),
          new Variable("application.name", STRING),
          new Variable("application.criticality", STRING, "LOW, MEDIUM or HIGH"));

  /**
   * The variables for a release that serves from withdrawn data; it serves while all rules hold.
   */
  static final List<Variable> WITHDRAWN_DATA =
      List.of(
          new Variable("withdrawal.days", INT, "whole days since the admission was withdrawn"),
          new Variable("withdrawal.purpose", STRING, "INDEX or TRAIN"),
          new Variable("withdrawal.dataset", STRING),
          new Variable("release.environment", STRING),
          new Variable("application.name", STRING),
          new Variable("application.criticality", STRING, "LOW, MEDIUM or HIGH"));

  private Vocabulary() {}
}
