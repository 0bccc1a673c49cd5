package io.plumbline.house;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requires each Javadoc to begin with a noun phrase or a verb. A reader who meets a fragment first
 * has to guess what the sentence is about.
 */
final class FragmentJavadocs implements Rule {

  private static final Set<String> WORDS =
      Set.of(
          "Of", "What", "Those", "Where", "Who", "As", "By", "That", "Whether", "How", "Which",
          "When", "Whose", "In", "From", "For", "To", "With", "At", "On", "If", "So", "Not",
          "Only");

  /** The first word of a Javadoc; a Javadoc that begins with a tag has none. */
  private static final Pattern FIRST_WORD = Pattern.compile("\\A/\\*\\*[\\s*]*([\\w-]+)");

  @Override
  public String name() {
    return "javadocs that begin with a fragment";
  }

  @Override
  public Result check(List<SourceFile> files) {
    return Result.of(
        files.stream()
            .filter(file -> file.hasEnding(".java"))
            .flatMap(FragmentJavadocs::fragmentsIn)
            .toList());
  }

  private static Stream<String> fragmentsIn(SourceFile file) {
    return file.javaComments()
        .flatMap(comment ->
            FIRST_WORD
                .matcher(comment.group())
                .results()
                .map(first -> first.group(1))
                .filter(WORDS::contains)
                .map(word -> violation(file, comment.start(), word)));
  }

  private static String violation(SourceFile file, int index, String word) {
    return file.path()
        + ":"
        + file.lineNumberAt(index)
        + ": the Javadoc begins with \""
        + word
        + "\"; begin it with what the thing is or does";
  }
}
