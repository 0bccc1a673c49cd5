package io.plumbline.house;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Requires that values are records: their share of all types must not fall. */
final class Records implements Rule {

  private static final double MIN_SHARE = 0.31;
  private static final String MODIFIERS =
      "(?m)^\\s*(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed|strictfp)\\s+)*";
  private static final Pattern TYPE =
      Pattern.compile(MODIFIERS + "(?:class|interface|enum|record|@interface)\\s+[A-Z]\\w*");
  private static final Pattern RECORD = Pattern.compile(MODIFIERS + "record\\s+[A-Z]\\w*");

  @Override
  public String name() {
    return "records among types, at least " + Math.round(MIN_SHARE * 100) + "%";
  }

  @Override
  public Result check(List<SourceFile> files) {
    long types = 0;
    long records = 0;
    for (SourceFile file : files) {
      if (file.isMainJava()) {
        String code = file.withoutComments();
        types += TYPE.matcher(code).results().count();
        records += RECORD.matcher(code).results().count();
      }
    }
    double share = (double) records / Math.max(types, 1);
    String figure = String.format(Locale.ROOT, "%.1f%% (%d of %d)", share * 100, records, types);
    return new Result(
        figure, share >= MIN_SHARE ? List.of() : List.of("make values records: " + figure));
  }
}
