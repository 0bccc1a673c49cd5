package io.plumbline.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Rejects names, messages and comments that hold a word that docs/glossary.md has retired. */
final class RetiredWords implements Rule {

  static final Set<String> WORDS =
      Set.of(
          "tell",
          "tells",
          "told",
          "telling",
          "hear",
          "hears",
          "heard",
          "fact",
          "facts",
          "desk",
          "door",
          "doors",
          "parked",
          "misread",
          "trouble",
          "ungoverned",
          "bell",
          "spoken",
          "speaks",
          "begun",
          "whoever",
          "asking",
          "evaluator",
          "evaluators");

  static final Set<String> NAMES =
      Set.of(
          "CanaryPost",
          "CanaryWatch",
          "PhaseBoard",
          "FeedbackBook",
          "KnownFacts",
          "HyperparameterSearch",
          "LostHold",
          "LostLease",
          "NoRowNoEffect",
          "InferenceDoor");

  private static final Pattern PHRASES =
      Pattern.compile(
          "\\b(is no (?:UTF-8|JSON|number|text|digest)|leave it away|for ever|if it stays|people"
              + " named in it|least items|largest over smallest|tokens a row|what it"
              + " tells|hyperparameter search)\\b",
          Pattern.CASE_INSENSITIVE);

  /**
   * The names that may hold a retired word: members of other products' files, which keep the names
   * that they have there, and a help desk, which is not a class that does something.
   */
  private static final Pattern OF_OTHERS =
      Pattern.compile("\\bexpected_facts\\b|help[-_ ]?desk", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  @Override
  public String name() {
    return "retired words";
  }

  private static boolean isChecked(SourceFile file) {
    return file.isScript()
        || file.hasEnding(
            ".java", ".ts", ".tsx", ".sql", ".yaml", ".yml", ".json", ".md", ".xml", ".css");
  }

  @Override
  public Result check(List<SourceFile> files) {
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (!isChecked(file) || isExempt(file)) {
        continue;
      }
      // The comments of migrations cannot be mended: Flyway compares the files with those applied.
      String text = file.hasEnding(".sql") ? file.withoutComments() : file.text();
      String[] lines = text.split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        for (String word : retiredWordsIn(lines[i])) {
          found.add(
              file.path()
                  + ":"
                  + (i + 1)
                  + ": \""
                  + word
                  + "\"; docs/glossary.md has the word to use");
        }
      }
    }
    return Result.of(found);
  }

  /**
   * Returns whether a file may hold retired words. The glossary and this module list them; the lock
   * file and the samples of real mail quote what others wrote.
   */
  private static boolean isExempt(SourceFile file) {
    return file.path().equals("docs/glossary.md")
        || file.path().startsWith("infra/house/")
        || file.hasEnding("package-lock.json", ".jsonl");
  }

  static List<String> retiredWordsIn(String line) {
    List<String> found = new ArrayList<>();
    String ours = OF_OTHERS.matcher(line).replaceAll("");
    NAME.matcher(ours)
        .results()
        .forEach(name -> {
          if (NAMES.contains(name.group())) {
            found.add(name.group());
            return;
          }
          HUMP.splitAsStream(name.group())
              .filter(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)))
              .forEach(found::add);
        });
    PHRASES.matcher(ours).results().forEach(phrase -> found.add(phrase.group()));
    return found;
  }
}
