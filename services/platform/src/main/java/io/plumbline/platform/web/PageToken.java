package io.plumbline.platform.web;

import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The opaque form of a row's sort keys. */
public final class PageToken {

  private static final int MAX_LENGTH = 2_000;

  private PageToken() {}

  public static String encode(List<String> keys) {
    return keys.stream().map(PageToken::base64).collect(Collectors.joining("."));
  }

  public static List<String> decode(String token) {
    if (token.length() > MAX_LENGTH) {
      throw invalid();
    }
    try {
      List<String> keys =
          Stream.of(token.split("\\.", -1))
              .map(part -> new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
              .toList();
      // PostgreSQL's text cannot contain NUL, so none of our keys does.
      if (keys.stream().noneMatch(key -> key.indexOf('\0') >= 0)) {
        return keys;
      }
    } catch (IllegalArgumentException e) {
      // Both cases have the same answer below.
    }
    throw invalid();
  }

  static Problem invalid() {
    return Problem.invalid(
        PageRequestResolver.PAGE_TOKEN,
        "is not a nextPageToken of this list; omit it for the first page");
  }

  private static String base64(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
