package io.plumbline.inference.variant;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.Writer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A Mustache template over maps and lists only, as in prompt-registry: nothing is escaped, and a
 * missing value is an error.
 */
final class PromptTemplate {

  private static final int MAX_TEXT = 1 << 20;
  private static final Duration MAX_TIME = Duration.ofMillis(50);

  /** The limits of the current rendering: templates are shared, so their collector has none. */
  private static final ScopedValue<Bounded> RENDERING = ScopedValue.newInstance();

  /** Without the library's reflection: an object that is not a map has no names. */
  private static final Mustache.Collector MAPS_ONLY =
      new Mustache.Collector() {
        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
          RENDERING.get().step();
          return value instanceof List<?> list ? list.iterator() : null;
        }

        @Override
        public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
          return context instanceof Map<?, ?> ? PromptTemplate::entry : null;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
          return new ConcurrentHashMap<>();
        }
      };

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).strictSections(true).withCollector(MAPS_ONLY);

  private final Template template;

  private PromptTemplate(Template template) {
    this.template = template;
  }

  static PromptTemplate compile(String source) {
    return new PromptTemplate(COMPILER.compile(source));
  }

  /**
   * @throws Unfilled naming the variable that has no value
   */
  String render(Map<String, @Nullable Object> values) {
    Bounded text = new Bounded();
    try {
      ScopedValue.where(RENDERING, text).run(() -> template.execute(values, text));
      return text.toString();
    } catch (MustacheException.Context missing) {
      throw new Unfilled(
          "The prompt's variable '%s' has no value; pass one in plumbline_variables."
              .formatted(missing.key));
    }
  }

  private static @Nullable Object entry(Object context, String name) {
    Map<?, ?> map = (Map<?, ?>) context;
    return map.containsKey(name) ? map.get(name) : Template.NO_FETCHER_FOUND;
  }

  /** Why a template could not be rendered, in words for the caller. */
  static final class Unfilled extends RuntimeException {
    Unfilled(String message) {
      super(message);
    }
  }

  /** Bounds the text and the time of one rendering, since nested sections multiply. */
  private static final class Bounded extends Writer {

    private final StringBuilder target = new StringBuilder();
    private final long started = System.nanoTime();

    void step() {
      if (System.nanoTime() - started > MAX_TIME.toNanos()) {
        throw new Unfilled(
            "Rendering the prompt takes more than "
                + MAX_TIME.toMillis()
                + " ms; pass shorter lists.");
      }
    }

    @Override
    public void write(char[] text, int offset, int length) {
      step();
      if (target.length() + length > MAX_TEXT) {
        throw new Unfilled(
            "The rendered prompt is longer than "
                + MAX_TEXT
                + " characters; pass shorter variables.");
      }
      target.append(text, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return target.toString();
    }
  }
}
