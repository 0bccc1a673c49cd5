package io.plumbline.evaluation.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an answer took of a model.
 *
 * @param model the name of the model whose price applies, in the catalogue
 */
public record ModelUsage(
    String model, long inputTokens, long cachedInputTokens, long outputTokens) {

  private static final Pattern FORM =
      Pattern.compile("([^;,\\s]{1,400});([0-9]{1,15});([0-9]{1,15});([0-9]{1,15})");

  /**
   * Reads the header in which inference lists the tokens of each model: {@code
   * model;input;cached;output}, separated by commas.
   *
   * @return absent without the header, or when it has another form
   */
  public static @Nullable List<ModelUsage> parse(@Nullable String header) {
    if (header == null) {
      return null;
    }
    List<ModelUsage> usage = new ArrayList<>();
    for (String each : header.split(",", -1)) {
      Matcher matcher = FORM.matcher(each.strip());
      if (!matcher.matches()) {
        return null;
      }
      usage.add(
          new ModelUsage(
              matcher.group(1),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3)),
              Long.parseLong(matcher.group(4))));
    }
    return List.copyOf(usage);
  }
}
