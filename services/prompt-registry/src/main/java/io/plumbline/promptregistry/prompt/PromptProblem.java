package io.plumbline.promptregistry.prompt;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of prompts. */
public enum PromptProblem implements ProblemType {
  NAME_TAKEN("prompt-exists", HttpStatus.CONFLICT, "A prompt of this name exists"),
  UNCHANGED(
      "version-unchanged", HttpStatus.CONFLICT, "The latest version already says exactly this"),
  STALE_PARENT(
      "parent-not-latest",
      HttpStatus.CONFLICT,
      "Somebody has published a version since the one you started from"),
  AUTOMATIC_LABEL("label-is-automatic", HttpStatus.CONFLICT, "This label moves by itself"),
  INVALID_CONTENT(
      "invalid-prompt", HttpStatus.UNPROCESSABLE_CONTENT, "The prompt cannot work as written"),
  UNKNOWN_VERSION(
      "unknown-version", HttpStatus.UNPROCESSABLE_CONTENT, "The prompt has no such version"),
  INVALID_VARIABLES(
      "invalid-variables", HttpStatus.UNPROCESSABLE_CONTENT, "The variables do not fit the prompt");

  private final Kind kind;

  PromptProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
