package io.plumbline.prompttemplate.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A template that is ready to be filled, by any number of threads. Nothing is escaped, because a
 * prompt is not HTML, and a missing variable is an error.
 */
public final class CompiledTemplate {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The budget of the current rendering: a compiled template is shared, so it has none itself. */
  private static final ScopedValue<RenderBudget> BUDGET = ScopedValue.newInstance();

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(false)
          .strictSections(true)
          .withFormatter(CompiledTemplate::format)
          .withCollector(new MapsOnly());

  private final com.samskivert.mustache.Template template;

  private CompiledTemplate(com.samskivert.mustache.Template template) {
    this.template = template;
  }

  /**
   * Compiles a template.
   *
   * @throws IllegalArgumentException for a tag that includes a partial that the template lacks
   */
  public static CompiledTemplate of(ComposedTemplate composed) {
    PartialSources sources = new PartialSources();
    String source = sources.renamedSource(composed, "");
    composed.tokens().stream()
        .filter(token -> token.kind() == Token.Kind.PARTIAL)
        .findFirst()
        .ifPresent(tag -> {
          throw new IllegalArgumentException("there is no partial '%s'".formatted(tag.name()));
        });
    return new CompiledTemplate(
        COMPILER
            .withLoader(name -> new StringReader(Objects.requireNonNull(sources.get(name))))
            .compile(source));
  }

  /**
   * Renders the template.
   *
   * @param variables maps, lists, strings, numbers, booleans and nulls only; every declared
   *     optional variable is present
   */
  public Rendering render(Map<String, @Nullable Object> variables) {
    RenderBudget budget = new RenderBudget();
    try {
      ScopedValue.where(BUDGET, budget).run(() -> template.execute(variables, budget));
      return new Rendering.Text(budget.text());
    } catch (MustacheException.Context missing) {
      return new Rendering.Refused("Variable '%s' has no value; pass one".formatted(missing.key));
    } catch (RenderBudget.Exceeded exceeded) {
      return new Rendering.Refused(String.valueOf(exceeded.getMessage()));
    }
  }

  /** Formats numbers without an exponent, and lists and objects as JSON, which models read best. */
  private static String format(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case Map<?, ?> map -> JSON.writeValueAsString(map);
      case List<?> list -> JSON.writeValueAsString(list);
      default -> value.toString();
    };
  }

  /**
   * Gives a template access to maps and lists only. The library's own collectors fall back to
   * reflection over methods and fields (and offer {@code entrySet} on maps); here only maps have
   * names.
   */
  private static final class MapsOnly implements Mustache.Collector {

    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      BUDGET.get().countStep();
      return value instanceof List<?> list ? list.iterator() : null;
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
      return context instanceof Map<?, ?> ? MapsOnly::entry : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }

    private static @Nullable Object entry(Object context, String name) {
      Map<?, ?> map = (Map<?, ?>) context;
      if (map.containsKey(name)) {
        return map.get(name);
      }
      return com.samskivert.mustache.Template.NO_FETCHER_FOUND;
    }
  }
}
