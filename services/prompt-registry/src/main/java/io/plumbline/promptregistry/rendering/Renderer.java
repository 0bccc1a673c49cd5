package io.plumbline.promptregistry.rendering;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills a template's variables. Nothing is escaped, because a prompt is not HTML, and a missing
 * variable is an error.
 */
public final class Renderer {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Renderer() {}

  /**
   * @param variables maps, lists, strings, numbers, booleans and nulls only; every declared
   *     optional variable is present
   */
  public static Rendering render(Template template, Map<String, @Nullable Object> variables) {
    RenderBudget budget = new RenderBudget();
    try {
      Mustache.compiler()
          .escapeHTML(false)
          .strictSections(true)
          .withFormatter(Renderer::format)
          .withCollector(new MapsOnly(budget))
          .compile(template.source())
          .execute(variables, budget);
      return new Rendering.Text(budget.text());
    } catch (MustacheException.Context missing) {
      return new Rendering.Refused("Variable '%s' has no value; pass one".formatted(missing.key));
    } catch (RenderBudget.Exceeded exceeded) {
      return new Rendering.Refused(String.valueOf(exceeded.getMessage()));
    }
  }

  /** Whole numbers without an exponent; lists and objects as JSON, which models read best. */
  private static String format(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case Map<?, ?> map -> JSON.writeValueAsString(map);
      case List<?> list -> JSON.writeValueAsString(list);
      default -> value.toString();
    };
  }
}
