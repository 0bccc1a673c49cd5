package io.plumbline.house;

import java.util.List;

/** One rule of the source tree. */
interface Rule {

  /** Returns the name of what is counted, as it is printed. */
  String name();

  /** Checks all files of the source tree. */
  Result check(List<SourceFile> files);

  /**
   * @param figure the measured figure, as it is printed
   * @param violations the places where the rule is broken and how to mend each; empty when it holds
   */
  record Result(String figure, List<String> violations) {

    static Result of(List<String> violations) {
      return new Result(String.valueOf(violations.size()), violations);
    }
  }
}
