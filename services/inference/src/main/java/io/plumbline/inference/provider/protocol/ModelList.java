package io.plumbline.inference.provider.protocol;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The models that a provider's server lists.
 *
 * @param names the names in the order of the server
 * @param whole whether the server has no further models
 */
public record ModelList(List<String> names, boolean whole) {

  /** The size of a page, which is the maximum of Anthropic and Gemini. */
  static final int PAGE = 1_000;

  /** The maximum length of a name that is read, in characters. */
  static final int MAX_CHARACTERS = 200;

  /** The prefix of Gemini's names, which a call may omit. */
  private static final String RESOURCE = "models/";

  /** The tag that Ollama adds to a name without one. */
  private static final String LATEST = ":latest";

  public ModelList {
    names = List.copyOf(names);
  }

  /**
   * Reads a list.
   *
   * @param models an array of objects
   * @param field the field of an object that has the name
   * @return the list; empty when the node is not such an array
   */
  static Optional<ModelList> of(JsonNode models, String field, boolean whole) {
    if (!models.isArray()
        || !models.valueStream().allMatch(model -> model.path(field).isString())) {
      return Optional.empty();
    }
    List<String> names =
        models
            .valueStream()
            .map(model -> plainName(model.path(field).asString("")))
            .filter(name -> !name.isEmpty() && name.length() <= MAX_CHARACTERS)
            .distinct()
            .toList();
    return Optional.of(new ModelList(names, whole));
  }

  /** Returns whether a name is listed, in any of its spellings. */
  public boolean contains(String model) {
    String name = plainName(model);
    return names.contains(name) || names.contains(name + LATEST);
  }

  /** Returns the list without names that contain a text, because a server may repeat a key. */
  public ModelList withoutNamesContaining(String text) {
    return new ModelList(names.stream().filter(name -> !name.contains(text)).toList(), whole);
  }

  private static String plainName(String name) {
    String printable = name.replaceAll("[^!-~]", "");
    return printable.startsWith(RESOURCE) ? printable.substring(RESOURCE.length()) : printable;
  }
}
