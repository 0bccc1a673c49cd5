package io.plumbline.gateway;

/** The path of a request as an answer may repeat it: short, and of visible ASCII alone. */
final class PrintablePath {

  private static final int LONGEST = 100;

  private PrintablePath() {}

  static String of(String path) {
    String visible = path.replaceAll("[^!-~]", "?");
    return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "…";
  }
}
