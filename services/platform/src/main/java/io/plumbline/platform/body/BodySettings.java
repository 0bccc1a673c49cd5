package io.plumbline.platform.body;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The limits of the bodies that a service accepts.
 *
 * @param streamed the types of bodies that the service reads as they arrive and limits by itself;
 *     all others are held in memory, within limits
 * @param body the limits of all other bodies
 * @param bodyTimeout how long a small body may take to arrive; a large one may take longer
 * @param bodies limits that replace {@code body}, by path pattern such as {@code [/v1/embeddings]};
 *     the first that matches counts
 */
@ConfigurationProperties("plumbline.web")
record BodySettings(
    @DefaultValue List<MediaType> streamed,
    @DefaultValue BodyLimits body,
    @DefaultValue("30s") Duration bodyTimeout,
    @DefaultValue Map<String, BodyLimits> bodies) {

  Function<HttpServletRequest, BodyLimits> limitsByRequest() {
    if (bodies.isEmpty()) {
      return request -> body;
    }
    Map<PathPattern, BodyLimits> patterns = new LinkedHashMap<>();
    bodies.forEach(
        (path, limits) -> patterns.put(PathPatternParser.defaultInstance.parse(path), limits));
    return request -> {
      PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
      return patterns.entrySet().stream()
          .filter(each -> each.getKey().matches(path))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(body);
    };
  }

  /** Returns the largest limits, which must fit into memory when nothing else is under way. */
  BodyLimits largest() {
    return Stream.concat(Stream.of(body), bodies.values().stream()).reduce(body, BodyLimits::maxOf);
  }
}
