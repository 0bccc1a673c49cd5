package io.plumbline.inference.retrieval;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of passages as a model reads it. Each passage stands under a line {@code [1] Title >
 * Section}, and an answer cites it by that number.
 */
public final class PassageText {

  /**
   * A line that could be taken for the first line of a passage, however it is indented. A line that
   * looks escaped already matches too, so that unescaping restores the text of the document.
   */
  private static final Pattern LIKE_A_NUMBER =
      Pattern.compile(
          "(?m)(^|[\\u000b\\f\\u001c-\\u001e])([\\h\\p{Cf}]*)"
              + "(?=\\\\*\\[[\\h\\p{Cf}]*\\p{Nd})");

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

  private PassageText() {}

  /** Returns the text of passages; empty without any. */
  public static String of(List<Passage> passages) {
    return passages.stream()
        .map(passage ->
            "[%d] %s\n%s".formatted(passage.number(), heading(passage), escapedText(passage)))
        .collect(Collectors.joining("\n\n"));
  }

  /** Returns the document and section of a passage in one line. */
  static String heading(Passage passage) {
    String title = passage.shownTitle();
    String head = passage.section().isEmpty() ? title : title + " > " + passage.section();
    return SPACE.matcher(head).replaceAll(" ").strip();
  }

  /** Returns the text of a passage, escaped so that no part of it looks like another passage. */
  private static String escapedText(Passage passage) {
    return LIKE_A_NUMBER.matcher(passage.text()).replaceAll("$1$2\\\\");
  }
}
