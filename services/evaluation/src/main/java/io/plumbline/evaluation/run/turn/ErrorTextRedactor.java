package io.plumbline.evaluation.run.turn;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes the words of errors from messages of a run over sealed items, and from those for callers
 * who may not see outputs, since an error may quote an item or an answer. The number of errors and
 * the status of the last one remain.
 */
public final class ErrorTextRedactor {

  private static final Pattern ERROR =
      Pattern.compile(
          "(.*?(?:[;,] the last(?: error)?|^The run stopped with an error): )"
              + "(?:No answer after \\d+ attempts: )?([45]\\d\\d\\b)?.*",
          Pattern.DOTALL);

  private ErrorTextRedactor() {}

  public static @Nullable String withoutErrorText(@Nullable String message) {
    if (message == null) {
      return null;
    }
    Matcher error = ERROR.matcher(message);
    if (!error.matches()) {
      return message;
    }
    String status = Objects.requireNonNullElse(error.group(2), "an error");
    return error.group(1) + status + ", whose words are hidden";
  }
}
