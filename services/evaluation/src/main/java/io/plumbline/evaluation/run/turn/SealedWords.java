package io.plumbline.evaluation.run.turn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run over sealed items says of its errors: how many there are and the status of the last.
 * Its words may quote an item or an answer.
 */
public final class SealedWords {

  private static final Pattern ERROR =
      Pattern.compile(
          "(.*?(?:[;,] the last(?: error)?|^The run stopped with an error): )"
              + "(?:No answer after \\d+ attempts: )?([45]\\d\\d\\b)?.*",
          Pattern.DOTALL);

  private SealedWords() {}

  public static @Nullable String without(@Nullable String said) {
    if (said == null) {
      return null;
    }
    Matcher error = ERROR.matcher(said);
    if (!error.matches()) {
      return said;
    }
    String status = error.group(2);
    return error.group(1) + (status == null ? "an error" : status) + ", whose words are sealed";
  }
}
