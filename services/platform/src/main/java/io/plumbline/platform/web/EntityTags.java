package io.plumbline.platform.web;

/** Formats entity tags (RFC 9110, section 8.8.3) of aggregates: their version in quotes. */
public final class EntityTags {

  private EntityTags() {}

  public static String etag(long version) {
    return "\"" + version + "\"";
  }
}
