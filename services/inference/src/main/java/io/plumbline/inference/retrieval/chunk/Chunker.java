package io.plumbline.inference.retrieval.chunk;

import io.plumbline.inference.retrieval.chunk.Outline.Block;
import io.plumbline.inference.retrieval.chunk.Outline.Section;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Divides a document into chunks that an encoder can read. Each section, which is the text under
 * one heading, is divided by itself, so no chunk crosses a heading. A chunk takes as many
 * consecutive blocks of its section as the limit of tokens allows. A block that exceeds the limit
 * by itself is divided: a list or quotation into its parts, a paragraph into sentences, code and
 * tables into lines, and what is still too long into words. A further chunk of a section repeats
 * the end of the chunk before it, as {@link Chunking#overlapTokens} says.
 *
 * <p>The encoder reads the title and the headings before the text of each chunk, because many
 * paragraphs do not say what they are about. They count towards the limit and get at most half of
 * it.
 *
 * <p>No text is lost except white space and sections without a word. The headings that a section
 * stands under are kept with its chunks and are not part of their text. A heading with neither text
 * nor deeper headings under it is a chunk of its own.
 */
public final class Chunker {

  /** The version of the rules by which documents are divided. Change it when a rule changes. */
  public static final String VERSION = "sections, blocks, sentences, words; 1";

  /** The maximum number of chunks of a document; larger ones should be several documents. */
  static final int MAX_CHUNKS = 10_000;

  /**
   * The maximum number of characters of a chunk, far more than its tokens have. It bounds chunks of
   * words without tokens and of much white space.
   */
  private static final int MAX_CHARACTERS = 10_000;

  private final Chunking chunking;
  private final ToIntFunction<String> counter;
  private final int markers;

  /**
   * Creates a chunker.
   *
   * @param tokens counts the tokens that the encoder reads of a text, including the markers that it
   *     adds to every text
   */
  public Chunker(Chunking chunking, ToIntFunction<String> tokens) {
    this.chunking = chunking;
    this.counter = tokens;
    this.markers = tokens.applyAsInt("");
  }

  /**
   * Divides a document into chunks, in the order of its text. A text without words has no chunks.
   *
   * @param title the title of the document
   * @throws IllegalArgumentException for a document with more than {@link #MAX_CHUNKS} chunks
   */
  public List<Chunk> chunks(String title, String text) {
    Words words = Words.of(text, this::countTokens);
    List<Chunk> chunks = new ArrayList<>();
    for (Section section : Outline.of(text)) {
      int budget =
          chunking.maxTokens() - markers - countTokens(titleAndHeadings(title, section.headings()));
      new Packing(text, words, section, budget, chunks).pack();
    }
    return chunks;
  }

  /** Returns the text that the encoder reads for a chunk: title, headings and the chunk itself. */
  public String embeddedText(String title, Chunk chunk, String text) {
    return titleAndHeadings(title, chunk.headings()) + "\n" + chunk.text(text);
  }

  /**
   * Returns title and headings, cut to half of the limit of tokens, so that the other half remains
   * for the text.
   */
  private String titleAndHeadings(String title, List<String> headings) {
    String head = (title + "\n" + String.join(" > ", headings)).strip();
    int most = chunking.maxTokens() / 2;
    if (countTokens(head) <= most) {
      return head;
    }
    return Words.of(head, this::countTokens).firstWords(head, most);
  }

  private int countTokens(String text) {
    return counter.applyAsInt(text) - markers;
  }

  /** Fills chunks with the text of one section. */
  private final class Packing {

    private final String text;
    private final Words words;
    private final Section section;
    private final int budget;
    private final List<Chunk> chunks;

    /** The offsets at which the text may be divided. */
    private final List<Integer> cuts = new ArrayList<>();

    Packing(String text, Words words, Section section, int budget, List<Chunk> chunks) {
      this.text = text;
      this.words = words;
      this.section = section;
      this.budget = budget;
      this.chunks = chunks;
    }

    void pack() {
      cutBlocks(section.blocks(), section.start(), section.end());
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
          start = overlapStart(start, cuts.get(last), cuts.get(last + 1));
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
      return to - from <= MAX_CHARACTERS && words.tokenCount(from, to) <= budget;
    }

    /** Adds the starts of the blocks in a range, and cuts within blocks that do not fit. */
    private void cutBlocks(List<Block> blocks, int from, int to) {
      if (blocks.isEmpty()) {
        cutWithin(Outline.Division.LINES, List.of(), from, to);
        return;
      }
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        // Text that is in no block, such as definitions of links, belongs to the block before it.
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
        case BLOCKS -> cutBlocks(parts, from, to);
        case SENTENCES -> cutAll(sentenceStarts(from, to), from, to);
        case LINES -> cutAll(lineStarts(from, to), from, to);
      }
    }

    /** Cuts at each of the starts, and at each word where the text between two does not fit. */
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
          for (int word : words.startsBetween(start, end)) {
            cutAt(word);
          }
        }
        start = end;
      }
    }

    private void cutAt(int place) {
      int start = Words.skipSpace(text, place);
      if (start < section.end()
          && words.isWordStart(start)
          && (cuts.isEmpty() || start > cuts.getLast())) {
        cuts.add(start);
      }
    }

    private List<Integer> sentenceStarts(int from, int to) {
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      String part = text.substring(from, to);
      sentences.setText(part);
      List<Integer> starts = new ArrayList<>();
      for (int at = sentences.next(); at != BreakIterator.DONE; at = sentences.next()) {
        int start = from + Words.skipSpace(part, at);
        if (words.isWordStart(start)) {
          starts.add(start);
        }
      }
      return starts;
    }

    private List<Integer> lineStarts(int from, int to) {
      List<Integer> starts = new ArrayList<>();
      for (int at = from; at < to; at++) {
        if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
          starts.add(at + 1);
        }
      }
      return starts;
    }

    /**
     * Returns the start of the chunk that follows another and repeats its end. It is the start of a
     * line or a sentence where one is in reach.
     *
     * @param before the start of the other chunk
     * @param next the start of the new text in the chunk
     * @param end the end of the first new piece, for which there must be room
     */
    private int overlapStart(int before, int next, int end) {
      int room = Math.min(chunking.overlapTokens(), budget - words.tokenCount(next, end));
      int inReach = next;
      for (int word : reversed(words.startsBetween(before + 1, next))) {
        if (words.tokenCount(word, next) > room || end - word > MAX_CHARACTERS) {
          break;
        }
        inReach = word;
      }
      for (int word : words.startsBetween(inReach, next)) {
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
