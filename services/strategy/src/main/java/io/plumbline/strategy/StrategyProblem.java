package io.plumbline.strategy;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of this service. */
public enum StrategyProblem implements ProblemType {
  NAME_TAKEN(
      "application-exists", HttpStatus.CONFLICT, "An application of this name exists", false),
  SINGLE_METRIC(
      "single-metric-gate",
      HttpStatus.CONFLICT,
      "The criteria need one metric of quality and one of another kind",
      true),
  EXPLORATION_SUITE(
      "exploration-suite", HttpStatus.CONFLICT, "The suite carries no verdicts", true),
  INVALID_CRITERIA(
      "invalid-criteria",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The criteria cannot be judged as written",
      false),
  LOOSER_CRITERIA(
      "looser-criteria",
      HttpStatus.CONFLICT,
      "Criteria that ask less than those in force need a second person",
      true),
  CRITERIA_AFTER_DATA(
      "criteria-after-data",
      HttpStatus.CONFLICT,
      "Criteria over items that runs have used need a second person",
      true),
  NOTHING_LOOSENED(
      "nothing-loosened", HttpStatus.CONFLICT, "The criteria need no second person", false),
  REFRESH_CRITERIA(
      "refresh-criteria",
      HttpStatus.CONFLICT,
      "Criteria by which refreshes may need no person need a second person themselves",
      true),
  SHARED_ITEMS(
      "shared-items",
      HttpStatus.CONFLICT,
      "Criteria of releases and of refreshes need test items of their own",
      true),
  TRIVIAL_CRITERIA(
      "trivial-criteria",
      HttpStatus.CONFLICT,
      "A variant without any skill meets the criteria",
      true),
  UNDERPOWERED(
      "underpowered",
      HttpStatus.CONFLICT,
      "The suite has too few items for the power that the criteria register",
      true),
  NOTHING_TO_WAIVE("nothing-to-waive", HttpStatus.CONFLICT, "The phase needs no waiver", false),
  NO_CANDIDATE(
      "no-candidate", HttpStatus.CONFLICT, "No measured variant can be recommended", false);

  private final Kind kind;

  StrategyProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
