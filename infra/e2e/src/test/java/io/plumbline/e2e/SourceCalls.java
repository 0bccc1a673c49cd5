package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The calls of the API in the source of a client: paths with their methods, names in JSON pointers
 * and names in request bodies. It reads text and no syntax tree, which is enough for the plain
 * style of the demo and of these tests.
 */
record SourceCalls(String file, String source) {

  /**
   * A call of the API.
   *
   * @param method the HTTP method, or {@code *} when the path stands alone
   * @param path with {@code *} for what is known only at run time
   * @param query the names of query parameters
   * @param body the literal keys of the map that follows the path
   */
  record Call(String method, String path, Set<String> query, Set<String> body) {}

  private static final Pattern LOCAL =
      Pattern.compile("(?:String (\\w+)(?:\\(\\))? (?:=|\\{\\s*return))\\s*(\"/(?:api|v1)/[^;]*);");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern START = Pattern.compile("\"/(?:api|v1)/");
  private static final Pattern SENDER =
      Pattern.compile(
          "\\.\\s*(get|find|exists|await|awaitState|post|postOnceKnown|upload|stream|put)\\(");
  private static final Pattern POINTER = Pattern.compile("(?:text|at)\\(\\s*\"(/[^\"]*)\"\\s*[)+]");
  private static final Pattern BODY =
      Pattern.compile("Map\\.of\\(|(?:variant|request|overridden)\\.put\\(");
  private static final Pattern FOLLOWING_MAP =
      Pattern.compile("\\s*,\\s*(?:RequestBody\\.plus\\(\\s*)?Map\\.of\\(");
  private static final Pattern QUERY = Pattern.compile("&(\\w+)=");
  private static final Map<String, String> METHODS =
      Map.of(
          "get", "GET",
          "find", "GET",
          "exists", "GET",
          "await", "GET",
          "awaitState", "GET",
          "post", "POST",
          "postOnceKnown", "POST",
          "upload", "POST",
          "stream", "POST",
          "put", "PUT");

  static SourceCalls read(Path file) throws IOException {
    String source = Files.readString(file);
    Map<String, String> locals = new LinkedHashMap<>();
    LOCAL.matcher(source).results().forEach(local -> locals.put(local.group(1), local.group(2)));
    for (Map.Entry<String, String> local : locals.entrySet()) {
      source =
          source.replaceAll(
              "(?<![\\w.\"])" + local.getKey() + "(?:\\(\\))?(?=\\s*[+,)])",
              Matcher.quoteReplacement(local.getValue()));
    }
    return new SourceCalls(String.valueOf(file.getFileName()), source);
  }

  Set<Call> calls() {
    Set<Call> calls = new LinkedHashSet<>();
    Matcher start = START.matcher(source);
    for (int from = 0; start.find(from); ) {
      StringBuilder path = new StringBuilder();
      int end = template(start.start(), path);
      String[] parts = path.toString().split("\\?", 2);
      Set<String> query =
          parts.length == 1
              ? Set.of()
              : QUERY
                  .matcher("&" + parts[1])
                  .results()
                  .map(name -> name.group(1))
                  .collect(Collectors.toSet());
      Matcher body = FOLLOWING_MAP.matcher(source).region(end, source.length());
      Set<String> names = body.lookingAt() ? keys(body.end()) : Set.of();
      calls.add(new Call(method(start.start()), parts[0], query, names));
      from = end;
    }
    return calls;
  }

  /** Returns the names in all JSON pointers, except numbers, which are indexes. */
  Set<String> pointerNames() {
    Set<String> names = new LinkedHashSet<>();
    POINTER
        .matcher(source)
        .results()
        .forEach(pointer -> {
          for (String name : pointer.group(1).substring(1).split("/", -1)) {
            if (!name.isEmpty() && !name.matches("\\d+")) {
              names.add(name);
            }
          }
        });
    return names;
  }

  /** Returns the literal keys of all maps, of which request bodies are made. */
  Set<String> bodyNames() {
    Set<String> names = new LinkedHashSet<>();
    Matcher map = BODY.matcher(source);
    while (map.find()) {
      names.addAll(keys(map.end()));
    }
    return names;
  }

  /** Returns the literal keys of the map whose arguments begin here. */
  private Set<String> keys(int start) {
    Set<String> names = new LinkedHashSet<>();
    List<String> arguments = arguments(start);
    for (int i = 0; i < arguments.size(); i += 2) {
      Matcher literal = LITERAL.matcher(arguments.get(i).strip());
      if (literal.matches() && !literal.group(1).contains("/")) {
        names.add(literal.group(1));
      }
    }
    return names;
  }

  private int template(int start, StringBuilder path) {
    int position = start;
    while (true) {
      Matcher literal = LITERAL.matcher(source).region(position, source.length());
      if (literal.lookingAt()) {
        path.append(literal.group(1));
        position = literal.end();
      } else {
        path.append('*');
        position = operandEnd(position);
      }
      int next = skipSpace(position);
      if (next >= source.length() || source.charAt(next) != '+') {
        return position;
      }
      position = skipSpace(next + 1);
    }
  }

  private int operandEnd(int start) {
    int depth = 0;
    for (int i = start; i < source.length(); i++) {
      char next = source.charAt(i);
      if (next == '(') {
        depth++;
      } else if (depth == 0 && (next == '+' || next == ',' || next == ';' || next == ')')) {
        return i;
      } else if (next == ')') {
        depth--;
      }
    }
    return source.length();
  }

  private int skipSpace(int start) {
    int position = start;
    while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
      position++;
    }
    return position;
  }

  /** Returns the method of the nearest call in the same statement. */
  private String method(int position) {
    String statement = source.substring(Math.max(0, source.lastIndexOf(';', position)), position);
    String method = "*";
    Matcher sender = SENDER.matcher(statement);
    while (sender.find()) {
      method = METHODS.getOrDefault(sender.group(1), "*");
    }
    return method;
  }

  private List<String> arguments(int start) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int from = start;
    for (int i = start; i < source.length(); i++) {
      Matcher literal = LITERAL.matcher(source).region(i, source.length());
      if (literal.lookingAt()) {
        i = literal.end() - 1;
        continue;
      }
      char next = source.charAt(i);
      if (next == '(') {
        depth++;
      } else if (next == ')' && depth-- == 0) {
        arguments.add(source.substring(from, i));
        return arguments;
      } else if (next == ',' && depth == 0) {
        arguments.add(source.substring(from, i));
        from = i + 1;
      }
    }
    return arguments;
  }
}
