package io.plumbline.inference;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of this service. */
public enum InferenceProblem implements ProblemType {
  DATASET_NOT_ADMITTED(
      "dataset-not-admitted",
      HttpStatus.CONFLICT,
      "The dataset is not admitted to the purpose INDEX",
      true),
  EVALUATION_SUBSET(
      "evaluation-subset",
      HttpStatus.CONFLICT,
      "Only training rows and documents may be indexed",
      true),
  RELEASE_WITHOUT_VERDICT(
      "release-without-verdict",
      HttpStatus.CONFLICT,
      "A release needs a verdict for exactly this variant",
      true),
  VERDICT_FAILED(
      "verdict-failed",
      HttpStatus.CONFLICT,
      "The verdict did not pass, and no valid override is given",
      true),
  VERDICT_SUPERSEDED(
      "verdict-superseded",
      HttpStatus.CONFLICT,
      "A later verdict on this variant has superseded this one",
      true),
  NOT_A_REFRESH(
      "not-a-refresh", HttpStatus.CONFLICT, "The variant is not a refresh of another one", true),
  CONNECTION_REMOVED(
      "connection-removed",
      HttpStatus.CONFLICT,
      "A connection that the variant or the index needs was removed",
      true),
  ENCODER_UNAVAILABLE(
      "encoder-unavailable",
      HttpStatus.BAD_GATEWAY,
      "The provider of the index's encoder did not embed the text",
      false),
  UNFIT_EMBEDDING(
      "unfit-embedding",
      HttpStatus.BAD_GATEWAY,
      "The encoder's vectors do not fit the index",
      false),
  DATA_WITHDRAWN(
      "data-withdrawn",
      HttpStatus.CONFLICT,
      "The variant stands on data whose admission was withdrawn",
      true),
  RELEASE_REFUSED("release-refused", HttpStatus.CONFLICT, "A policy refuses this release", true),
  GATE_CLOSED("gate-closed", HttpStatus.CONFLICT, "The release gate is closed", false),
  RELEASE_STATE(
      "release-state", HttpStatus.CONFLICT, "The release's state does not allow this", false),
  NOT_THE_REQUESTER(
      "not-the-requester", HttpStatus.FORBIDDEN, "Only its requester can withdraw a release", true),
  CANARY_EVIDENCE(
      "canary-evidence",
      HttpStatus.CONFLICT,
      "The canary has not been compared in as many answers as its release registered",
      true),
  ALREADY_SERVING(
      "already-serving", HttpStatus.CONFLICT, "The variant already serves this environment", false),
  NOTHING_TO_ROLL_BACK_TO(
      "nothing-to-roll-back-to",
      HttpStatus.CONFLICT,
      "There is no earlier release to roll back to",
      false),
  ROLLBACK_TARGET_GONE(
      "rollback-target-gone",
      HttpStatus.CONFLICT,
      "The earlier release can no longer answer",
      true),
  ROLLBACK_UNACKNOWLEDGED(
      "rollback-unacknowledged",
      HttpStatus.CONFLICT,
      "Evidence stands against the earlier release",
      true),
  PROVIDER_IN_USE(
      "provider-in-use",
      HttpStatus.CONFLICT,
      "A release is served by a model of this provider",
      true),
  PROVIDER_ADDRESS(
      "provider-address",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The provider's address may not be called",
      false),
  PROBED_JUST_NOW(
      "probed-just-now",
      HttpStatus.TOO_MANY_REQUESTS,
      "The connection was tested a moment ago",
      false),
  TOO_MANY_API_KEYS(
      "too-many-api-keys",
      HttpStatus.CONFLICT,
      "The workspace has as many API keys as it may",
      false),
  DAILY_TOKENS_USED(
      "daily-tokens-used",
      HttpStatus.TOO_MANY_REQUESTS,
      "The caller's tokens of the day are used up",
      false),
  RECEIPT_PENDING(
      "receipt-pending", HttpStatus.CONFLICT, "The request is not in the ledger yet", false),
  SEARCH_TOO_SLOW(
      "search-too-slow",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The search in the contents of traces took too long",
      false),
  OUT_OF_SCOPE(
      "out-of-scope", HttpStatus.FORBIDDEN, "The scope of the API key does not name this", true),
  NAME_TAKEN("name-taken", HttpStatus.CONFLICT, "The name is already used", false);

  private final Kind kind;

  InferenceProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
