package io.plumbline.inference.retrieval.chunk;

import io.plumbline.inference.retrieval.chunk.Outline.Block;
import io.plumbline.inference.retrieval.chunk.Outline.Section;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Divides documents by their structure, and where that is not enough by tokens: a chunk never
 * reaches over a heading, and lists, code and tables stay whole where they fit. Of a chunk the
 * encoder reads title and headings too, without which many a paragraph does not say what it is
 * about.
 *
 * <p>All of a text but white space and headings is in a chunk; a heading is in the section of one,
 * or a chunk where nothing stands under it.
 */
public final class Chunker {

  /** Changes with where documents are divided. */
  public static final String VERSION = "sections, blocks, sentences, words; 1";

  /** A document of more passages than this is many documents. */
  static final int MAX_CHUNKS = 10_000;

  /** Far more than so many words have; a text may have words without a token, and much space. */
  private static final int MAX_CHARACTERS = 10_000;

  private final Chunking chunking;
  private final ToIntFunction<String> counter;
  private final int markers;

  /**
   * @param tokens that the encoder reads of a text, markers included
   */
  public Chunker(Chunking chunking, ToIntFunction<String> tokens) {
    this.chunking = chunking;
    this.counter = tokens;
    this.markers = tokens.applyAsInt("");
  }

  /**
   * In the order of the text; none of a text without words.
   *
   * @param title of the document
   * @throws IllegalArgumentException for a document of too many chunks
   */
  public List<Chunk> chunks(String title, String text) {
    Words words = Words.of(text, this::tokens);
    List<Chunk> chunks = new ArrayList<>();
    for (Section section : Outline.of(text)) {
      int budget = chunking.maxTokens() - markers - tokens(head(title, section.headings()));
      new Packing(text, words, section, budget, chunks).pack();
    }
    return chunks;
  }

  /** What the encoder reads of a chunk. */
  public String embedded(String title, Chunk chunk, String text) {
    return head(title, chunk.headings()) + "\n" + chunk.text(text);
  }

  /** Title and headings, as far as they leave half of the tokens to the text. */
  private String head(String title, List<String> headings) {
    String head = (title + "\n" + String.join(" > ", headings)).strip();
    int most = chunking.maxTokens() / 2;
    return tokens(head) <= most ? head : Words.of(head, this::tokens).beginning(head, most);
  }

  private int tokens(String text) {
    return counter.applyAsInt(text) - markers;
  }

  /** Fills chunks with what stands in one section. */
  private final class Packing {

    private final String text;
    private final Words words;
    private final Section section;
    private final int budget;
    private final List<Chunk> chunks;

    /** Where the text may be divided. */
    private final List<Integer> cuts = new ArrayList<>();

    Packing(String text, Words words, Section section, int budget, List<Chunk> chunks) {
      this.text = text;
      this.words = words;
      this.section = section;
      this.budget = budget;
      this.chunks = chunks;
    }

    void pack() {
      cut(section.blocks(), section.start(), section.end());
      cuts.add(section.end());
      int start = section.start();
      int next = 1;
      while (next < cuts.size()) {
        int last = next;
        while (last + 1 < cuts.size() && fits(start, cuts.get(last + 1))) {
          last++;
        }
        add(start, cuts.get(last));
        if (last + 1 < cuts.size()) {
          start = overlapping(start, cuts.get(last), cuts.get(last + 1));
        }
        next = last + 1;
      }
    }

    private void add(int start, int end) {
      if (chunks.size() == MAX_CHUNKS) {
        throw new IllegalArgumentException(
            "it has more than %,d passages: divide it into several documents, or raise maxTokens"
                .formatted(MAX_CHUNKS));
      }
      chunks.add(new Chunk(start, Words.trimmedEnd(text, start, end), section.headings()));
    }

    private boolean fits(int from, int to) {
      return to - from <= MAX_CHARACTERS && words.tokens(from, to) <= budget;
    }

    /** Adds where the blocks from one place to another begin, and within those that do not fit. */
    private void cut(List<Block> blocks, int from, int to) {
      if (blocks.isEmpty()) {
        cutWithin(Outline.Division.LINES, List.of(), from, to);
        return;
      }
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        // What no block has, such as definitions of links, goes with the block before.
        int start = i == 0 ? from : Math.max(from, block.start());
        int end = i + 1 == blocks.size() ? to : Math.min(to, blocks.get(i + 1).start());
        if (start < end) {
          cutWithin(block.division(), block.parts(), start, end);
        }
      }
    }

    private void cutWithin(Outline.Division division, List<Block> parts, int from, int to) {
      if (fits(from, to)) {
        cutAt(from);
        return;
      }
      switch (division) {
        case BLOCKS -> cut(parts, from, to);
        case SENTENCES -> cutAll(sentences(from, to), from, to);
        case LINES -> cutAll(lines(from, to), from, to);
      }
    }

    /** At each of the starts; a stretch between two that does not fit, at each of its words. */
    private void cutAll(List<Integer> starts, int from, int to) {
      int start = from;
      for (int i = 0; i <= starts.size(); i++) {
        int end = i == starts.size() ? to : starts.get(i);
        if (end <= start && i < starts.size()) {
          continue;
        }
        if (fits(start, end)) {
          cutAt(start);
        } else {
          for (int word : words.between(start, end)) {
            cutAt(word);
          }
        }
        start = end;
      }
    }

    private void cutAt(int place) {
      int start = Words.skipSpace(text, place);
      if (start < section.end()
          && words.startsAt(start)
          && (cuts.isEmpty() || start > cuts.getLast())) {
        cuts.add(start);
      }
    }

    private List<Integer> sentences(int from, int to) {
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      String part = text.substring(from, to);
      sentences.setText(part);
      List<Integer> starts = new ArrayList<>();
      for (int at = sentences.next(); at != BreakIterator.DONE; at = sentences.next()) {
        int start = from + Words.skipSpace(part, at);
        if (words.startsAt(start)) {
          starts.add(start);
        }
      }
      return starts;
    }

    private List<Integer> lines(int from, int to) {
      List<Integer> starts = new ArrayList<>();
      for (int at = from; at < to; at++) {
        if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
          starts.add(at + 1);
        }
      }
      return starts;
    }

    /**
     * Where the chunk after another begins, so that it repeats the other's end: with a line or a
     * sentence where one begins in reach.
     *
     * @param next where what is new in it begins
     * @param end of the first that is new, for which there must be room
     */
    private int overlapping(int before, int next, int end) {
      int room = Math.min(chunking.overlapTokens(), budget - words.tokens(next, end));
      int inReach = next;
      for (int word : reversed(words.between(before + 1, next))) {
        if (words.tokens(word, next) > room || end - word > MAX_CHARACTERS) {
          break;
        }
        inReach = word;
      }
      for (int word : words.between(inReach, next)) {
        if (beginsLineOrSentence(word)) {
          return word;
        }
      }
      return inReach;
    }

    private boolean beginsLineOrSentence(int word) {
      int gap = Words.trimmedEnd(text, section.start(), word);
      return text.substring(gap, word).contains("\n")
          || (gap > section.start() && ".!?:".indexOf(text.charAt(gap - 1)) >= 0);
    }

    private static int[] reversed(int[] starts) {
      int[] reversed = new int[starts.length];
      for (int i = 0; i < starts.length; i++) {
        reversed[i] = starts[starts.length - 1 - i];
      }
      return reversed;
    }
  }
}
