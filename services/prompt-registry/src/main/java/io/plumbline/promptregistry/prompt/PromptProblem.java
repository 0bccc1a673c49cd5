package io.plumbline.promptregistry.prompt;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of prompts. */
public enum PromptProblem implements ProblemType {
  NAME_TAKEN("prompt-exists", HttpStatus.CONFLICT, "A prompt of this name exists"),
  UNCHANGED("version-unchanged", HttpStatus.CONFLICT, "The latest version has the same content"),
  STALE_PARENT(
      "parent-not-latest",
      HttpStatus.CONFLICT,
      "A newer version than the parent has been published"),
  AUTOMATIC_LABEL("label-is-automatic", HttpStatus.CONFLICT, "This label moves automatically"),
  INVALID_CONTENT(
      "invalid-prompt", HttpStatus.UNPROCESSABLE_CONTENT, "The content of the prompt is not valid"),
  LINT_ERRORS(
      "lint-errors",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The linter finds errors, and no reason was given"),
  UNKNOWN_VERSION(
      "unknown-version", HttpStatus.UNPROCESSABLE_CONTENT, "The prompt has no such version"),
  INVALID_VARIABLES(
      "invalid-variables",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The values do not match the variables of the prompt");

  private final Kind kind;

  PromptProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
