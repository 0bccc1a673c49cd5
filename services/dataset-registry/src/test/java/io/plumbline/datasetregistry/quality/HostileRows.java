package io.plumbline.datasetregistry.quality;

import static io.plumbline.platform.test.hostile.HostileParts.SIZE;
import static io.plumbline.platform.test.hostile.HostileParts.filled;
import static io.plumbline.platform.test.hostile.HostileParts.random;

import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NearTexts;
import io.plumbline.platform.similarity.NormalText;
import io.plumbline.platform.similarity.TokenHashes;
import io.plumbline.platform.test.hostile.HostileTexts;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile texts of rows, as the scanner and the search for copies read them. */
public final class HostileRows implements HostileTexts.Table {

  private final SensitiveScanner scanner = new SensitiveScanner("US", "DE", "ES", "FR", "GB");
  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    scanner();
    normalisation();
    copies();
    return readings;
  }

  private void scanner() {
    List<String> parts =
        List.of(
            "7",
            "555 ",
            "0555 ",
            "555 555 55 ",
            "21 ",
            "2 ",
            "+1 ",
            "+44 20 79 46 09 58 ",
            "+55 0 11 98 76 54 ",
            "4111 1111 1111 1112 ",
            "@",
            "a.a@",
            "a.",
            "1.",
            "1:",
            "::",
            "-",
            "-----BEGIN PRIVATE KEY-----\n",
            "eyJ.",
            "x://y:",
            "password=",
            "\"a\"@",
            "DE89370400440532013001 ",
            "AB123456E ",
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3 ",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 ",
            "ghp_aaaaaaaa",
            "+",
            "(0");
    parts.forEach(part -> addScan("\"%s\" again and again".formatted(part.strip()), filled(part)));
    addScan("random groups of digits", random("0123456789 ", SIZE));
    addScan("random digits and separators", random("0123456789 -.()+", SIZE));
    addScan("random signs", random("0a:@-=+.\"", SIZE));
  }

  private void addScan(String name, String text) {
    readings.put("scanner: " + name, () -> scanner.scan(text));
  }

  private void normalisation() {
    addText("combining marks", filled("\u0301"));
    addText("marks in descending order", filled("\u0315\u0300"));
    addText("marks of many classes", random("\u0300\u0315\u0316\u0321\u0327\u0338\u0345", SIZE));
    addText("letters that become 18", filled("\ufdfa"));
    addText("Hangul in parts", filled("\u1112\u1161\u11ab"));
    addText("letters whose case is longer", filled("\u0130\u1e9e\u0149"));
    addText("invisible letters", filled("a\u200b"));
    addText("tags", filled("\udb40\udc41"));
    addText("lone surrogates", filled("\ud83d"));
    addText("pictographs", filled("\ud83d\ude00"));
    addText("ideographs", filled("\u4e00"));
    addText("Thai letters with marks", filled("\u0e01\u0e34"));
    addText("one-letter words", filled("a "));
    addText("one word", filled("a"));
    addText("sigmas", filled("\u03a3"));
    addText("phrases to a model that do not end", filled("ignore all the previous "));
    addText("beginnings of phrases", filled("ignore "));
    addText(
        "words of phrases",
        randomWords(
            List.of(
                "you ",
                "are ",
                "now ",
                "the ",
                "your ",
                "all ",
                "instructions ",
                "system ",
                "prompt ")));
  }

  private void addText(String name, String text) {
    readings.put(
        "canonical text: " + name,
        () -> {
          NormalText normal = NormalText.of(text);
          MinHash.signature(normal);
          normal.key();
          TokenEstimate.of(text);
          ModelInstructionDetector.findPhraseNames(text, normal);
        });
  }

  private void copies() {
    addCopies("few words", 2);
    addCopies("20 words", 20);
    addCopies("one word", 1);
  }

  /** Adds a long text among 1,000 others of the same words. */
  private void addCopies(String name, int words) {
    List<String> texts = Stream.concat(rows(1, SIZE, words), rows(1_000, 100, words)).toList();
    List<TokenHashes> hashes =
        texts.stream().map(text -> TokenHashes.of(NormalText.of(text), MinHash.MAX_WORDS)).toList();
    NearTexts near = new NearTexts();
    hashes.forEach(near::add);
    near.find(hashes.getLast(), _ -> false, _ -> {});
    readings.put(
        "copies: a text of %s among 1,000 others".formatted(name),
        () -> {
          // The index is for one thread.
          synchronized (near) {
            near.find(
                TokenHashes.of(NormalText.of(texts.getFirst()), MinHash.MAX_WORDS),
                _ -> false,
                _ -> {});
          }
        });
  }

  private static Stream<String> rows(int count, int size, int words) {
    Random random = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(i ->
            random
                .ints(size / 2, 0, words)
                .mapToObj(word -> Character.toString('a' + word))
                .collect(Collectors.joining(" ")));
  }

  private static String randomWords(List<String> words) {
    return new Random(7)
        .ints(SIZE / 6, 0, words.size())
        .mapToObj(words::get)
        .collect(Collectors.joining());
  }
}
