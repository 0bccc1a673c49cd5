package io.plumbline.inference.retrieval;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Passages as a model reads them: each under a line {@code [1] Title > Section}, by whose number an
 * answer cites it.
 */
public final class PassageText {

  /**
   * A line that could be taken for the first of a passage, however it is indented; also one that
   * looks escaped already, so that what is read back is what the document says.
   */
  private static final Pattern LIKE_A_NUMBER =
      Pattern.compile(
          "(?m)(^|[\\u000b\\f\\u001c-\\u001e])([\\h\\p{Cf}]*)"
              + "(?=\\\\*\\[[\\h\\p{Cf}]*\\p{Nd})");

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

  private PassageText() {}

  /** Empty without any. */
  public static String of(List<Passage> passages) {
    return passages.stream()
        .map(passage -> "[%d] %s\n%s".formatted(passage.number(), head(passage), text(passage)))
        .collect(Collectors.joining("\n\n"));
  }

  /** Of what document and section a passage is, in one line. */
  static String head(Passage passage) {
    String title = passage.shownTitle();
    String head = passage.section().isEmpty() ? title : title + " > " + passage.section();
    return SPACE.matcher(head).replaceAll(" ").strip();
  }

  /** What a document says cannot pass for another passage. */
  private static String text(Passage passage) {
    return LIKE_A_NUMBER.matcher(passage.text()).replaceAll("$1$2\\\\");
  }
}
