package io.plumbline.promptregistry.rendering;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives a template access to maps and lists only. The library's own collectors fall back to
 * reflection over methods and fields (and offer {@code entrySet} on maps); here only maps have
 * names.
 */
final class MapsOnly implements Mustache.Collector {

  private final RenderBudget budget;

  MapsOnly(RenderBudget budget) {
    this.budget = budget;
  }

  @Override
  public @Nullable Iterator<?> toIterator(Object value) {
    budget.step();
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
    return map.containsKey(name) ? map.get(name) : Template.NO_FETCHER_FOUND;
  }
}
