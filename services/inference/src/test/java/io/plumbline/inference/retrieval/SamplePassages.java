package io.plumbline.inference.retrieval;

/** Passages for tests. */
public final class SamplePassages {

  private SamplePassages() {}

  public static Passage of(int number, String title, String section, String text) {
    return new Passage(
        number,
        "id-" + number,
        "docs/" + number + ".md",
        title,
        section,
        number % 2 == 0 ? null : "https://docs.example.com/" + number,
        null,
        10,
        10 + text.length(),
        1.0 / number,
        text);
  }
}
