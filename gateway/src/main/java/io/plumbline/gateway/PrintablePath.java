package io.plumbline.gateway;

/** The path of a request as an answer may repeat it: short, and only in visible ASCII. */
final class PrintablePath {

  private static final int MAX_CHARACTERS = 100;

  private PrintablePath() {}

  static String of(String path) {
    String visible = path.replaceAll("[^!-~]", "?");
    if (visible.length() <= MAX_CHARACTERS) {
      return visible;
    }
    return visible.substring(0, MAX_CHARACTERS) + "…";
  }
}
