package io.plumbline.localmodels.extract;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.Embedding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers a question with the sentences of given passages that are nearest to it in an encoder's
 * space, word for word. It is not a language model: it writes nothing of its own and reasons about
 * nothing, and a sentence near the question need not answer it.
 *
 * <p>The question and the sentences are embedded, each sentence with the headings of its passage.
 * Sentences within {@value #DISTANCE} of the best cosine are quoted, {@value #MAX_QUOTES} at most.
 * Confidence is the logistic function of (best cosine − {@value #MIDDLE}) / {@value #SPREAD}.
 *
 * <p>The constants were fixed once on questions whose answers are known, see {@code docs/adr/0043};
 * they are part of {@link #digest}.
 */
public final class ExtractReader {

  /** The largest number of passages of a request that are read. */
  public static final int MAX_PASSAGES = 20;

  /** The instruction that the authors of BGE put before a question that passages should answer. */
  static final String INSTRUCTION = "Represent this sentence for searching relevant passages: ";

  static final int MAX_QUOTES = 3;
  static final double DISTANCE = 0.01;
  static final double MIDDLE = 0.72;
  static final double SPREAD = 0.035;

  private static final Pattern MARK = Pattern.compile("\\[(\\d{1,9})]");

  private final List<Sentence> sentences;
  private final Set<Integer> numbers;
  private final boolean truncated;

  private ExtractReader(List<Sentence> sentences, Set<Integer> numbers, boolean truncated) {
    this.sentences = sentences;
    this.numbers = numbers;
    this.truncated = truncated;
  }

  private record Scored(int index, double cosine) {}

  /**
   * Reads the passages that an answer may quote.
   *
   * @param passages the passages in their order
   */
  public static ExtractReader of(List<NumberedPassage> passages) {
    List<NumberedPassage> read = passages.subList(0, Math.min(MAX_PASSAGES, passages.size()));
    Set<Integer> numbers =
        passages.stream().map(NumberedPassage::number).collect(Collectors.toSet());
    List<Sentence> sentences = new ArrayList<>();
    boolean cut = read.size() < passages.size();
    for (NumberedPassage passage : read) {
      PassageSplitter parts = PassageSplitter.of(passage.text());
      cut |= parts.isTruncated();
      parts.parts().stream()
          .map(part -> Sentence.of(passage, part))
          .filter(sentence -> !isCodeWithCitation(sentence, numbers))
          .forEach(sentences::add);
    }
    return new ExtractReader(withoutLinks(sentences), numbers, cut);
  }

  /** Leaves out lists of links, which answer no question, unless there is nothing else. */
  private static List<Sentence> withoutLinks(List<Sentence> sentences) {
    List<Sentence> others =
        sentences.stream().filter(each -> each.kind() != Sentence.Kind.LINKS).toList();
    return others.isEmpty() ? List.copyOf(sentences) : others;
  }

  /** Returns the sentences that may be quoted, in the order of the passages; may be empty. */
  public List<Sentence> sentences() {
    return sentences;
  }

  /** Returns whether some text of the passages is not read. */
  public boolean isTruncated() {
    return truncated;
  }

  /** Returns the question as it is embedded. */
  public static String questionToEmbed(String text) {
    return INSTRUCTION + text;
  }

  /**
   * Answers a question with the nearest sentences.
   *
   * @param question the embedding of {@link #questionToEmbed}
   * @param embedded the embeddings of the sentences' {@link Sentence#withHeading}, in their order
   */
  public ExtractiveAnswer answer(Embedding question, List<Embedding> embedded) {
    if (sentences.isEmpty()) {
      throw new IllegalStateException("An answer needs at least one sentence to quote");
    }
    List<Scored> nearest =
        IntStream.range(0, sentences.size())
            .mapToObj(i -> new Scored(i, question.cosine(embedded.get(i))))
            .sorted(Comparator.comparingDouble(Scored::cosine).reversed())
            .toList();
    double best = nearest.getFirst().cosine;
    Set<String> said = new HashSet<>();
    List<ExtractiveAnswer.Quote> quotes =
        nearest.stream()
            .takeWhile(each -> each.cosine >= best - DISTANCE)
            .filter(each -> said.add(sentences.get(each.index).text()))
            .limit(MAX_QUOTES)
            .sorted(Comparator.comparingInt(Scored::index))
            .map(each -> quote(sentences.get(each.index)))
            .toList();
    return new ExtractiveAnswer(quotes, confidence(best));
  }

  static double confidence(double cosine) {
    return 1 / (1 + Math.exp(-(cosine - MIDDLE) / SPREAD));
  }

  /**
   * Returns the digest of the encoder and every constant that decides, which a variant pins. The
   * rules by which passages are divided have no constants of their own; the version stands for
   * them.
   *
   * @param encoder the digest of {@link io.plumbline.localmodels.EncoderModel#digest()}
   * @param maxTokens the number of tokens of a text that it reads
   */
  public static Digest digest(Digest encoder, int maxTokens) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(encoder.bytes());
    String recipe =
        ("extract v1 maxTokens=%d instruction=%s quotes=%d distance=%s middle=%s spread=%s"
                + " passages=%d passageCharacters=%d sentences=%d characters=%d")
            .formatted(
                maxTokens,
                INSTRUCTION,
                MAX_QUOTES,
                DISTANCE,
                MIDDLE,
                SPREAD,
                MAX_PASSAGES,
                PassageSplitter.MAX_PASSAGE_CHARACTERS,
                PassageSplitter.MAX_SENTENCES,
                PassageSplitter.MAX_CHARACTERS);
    sha256.update(recipe.getBytes(StandardCharsets.US_ASCII));
    return Digest.ofRaw(sha256.digest());
  }

  /**
   * Returns whether a sentence is code with a number in brackets that would cite a passage that the
   * quote is not from. Such code cannot be written in another way, so it is not quoted.
   */
  private static boolean isCodeWithCitation(Sentence sentence, Set<Integer> numbers) {
    return sentence.kind() == Sentence.Kind.CODE
        && MARK.matcher(sentence.text()).results().anyMatch(mark -> cites(mark, numbers));
  }

  /** Quotes word for word, except for numbers in brackets that would cite another passage. */
  private ExtractiveAnswer.Quote quote(Sentence sentence) {
    return new ExtractiveAnswer.Quote(
        sentence.passage().number(),
        MARK.matcher(sentence.text())
            .replaceAll(mark -> cites(mark, numbers) ? "(" + mark.group(1) + ")" : mark.group()));
  }

  private static boolean cites(MatchResult mark, Set<Integer> numbers) {
    return numbers.contains(Integer.parseInt(mark.group(1)));
  }
}
