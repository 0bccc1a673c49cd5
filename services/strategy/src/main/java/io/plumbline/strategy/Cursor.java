package io.plumbline.strategy;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.PageRequest;
import java.util.List;
import java.util.UUID;

/** Reads the one sort key that our lists put into their page tokens; a token that was tampered with is the caller's fault. */
public final class Cursor {

  private static final UUID LAST = new UUID(-1, -1);

  private Cursor() {}

  /** For lists from the newest, sorted by a time-ordered id. */
  public static UUID beforeId(PageRequest page) {
    String key = key(page);
    try {
      return key.isEmpty() ? LAST : UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  /** For lists sorted by name: empty on the first page. */
  public static String key(PageRequest page) {
    List<String> after = page.after();
    if (after == null) {
      return "";
    }
    if (after.size() != 1 || after.getFirst().isEmpty() || after.getFirst().indexOf('\0') >= 0) {
      throw invalid();
    }
    return after.getFirst();
  }

  private static Problem invalid() {
    return Problem.invalid("pageToken", "is not a token that this list gave out; leave it away for the first page");
  }
}
