package io.plumbline.datasetregistry.row;

import io.plumbline.items.Document;
import io.plumbline.platform.similarity.NormalText;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the members of a document. */
final class DocumentFields {

  /** The maximum characters of a title. */
  static final int MAX_TITLE = 1_000;

  /** The maximum characters of a text. */
  static final int MAX_TEXT = 1_000_000;

  /** The maximum characters of an address. */
  static final int MAX_URL = 2_000;

  private static final Set<String> FIELDS =
      Set.of("documentId", "title", "text", "url", "publishedAt");

  private DocumentFields() {}

  /**
   * @param at the path of the document in its line
   */
  static Document read(JsonNode document, String at) throws LineFault {
    if (!document.isObject()) {
      throw LineFault.missingOrWrong(
          document, at, "is not an object", "Write a line such as " + DocumentSchema.EXAMPLE);
    }
    ChatFields.requireKnownMembers(document, FIELDS, at);
    String title = optionalText(document, "title", MAX_TITLE, at);
    return new Document(
        requireId(document, at),
        title == null ? null : RecordSchema.normalised(title).strip(),
        requireText(document, at),
        optionalUrl(document, at),
        optionalTime(document, at));
  }

  /** Reads the id of a document, or the id by which a passage names its document. */
  static String requireId(JsonNode holder, String at) throws LineFault {
    return requireId(holder, "documentId", at);
  }

  /**
   * @param name the name of the member that has the id
   */
  static String requireId(JsonNode holder, String name, String at) throws LineFault {
    String id = optionalText(holder, name, Document.MAX_ID, at);
    String field = memberPath(at, name);
    if (id == null || id.isBlank()) {
      throw new LineFault(
          RowProblem.Code.MISSING_VALUE,
          field,
          "is missing or empty",
          "Write the id of the document, such as its path");
    }
    if (RecordSchema.findControlCharacter(id).isPresent()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          field,
          RecordSchema.findControlCharacter(id).orElseThrow(),
          "Use printable ids");
    }
    return RecordSchema.normalised(id);
  }

  private static String requireText(JsonNode document, String at) throws LineFault {
    String text = optionalText(document, "text", MAX_TEXT, at);
    if (text == null || NormalText.of(text).isEmpty()) {
      throw new LineFault(
          RowProblem.Code.MISSING_VALUE,
          at + ".text",
          "has no letter and no digit",
          "Write the text of the document, or omit the document");
    }
    return RecordSchema.normalised(text);
  }

  /** Reads the address. People follow it as a link, so only the address of a page is accepted. */
  private static @Nullable String optionalUrl(JsonNode document, String at) throws LineFault {
    String url = optionalText(document, "url", MAX_URL, at);
    if (url == null || url.isEmpty()) {
      return null;
    }
    if (!isWebUrl(url)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".url",
          "is not the address of a page",
          "Write it as https://host/path, or omit it");
    }
    return url;
  }

  private static boolean isWebUrl(String url) {
    try {
      URI uri = URI.create(url);
      String scheme = uri.getScheme();
      return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable Instant optionalTime(JsonNode document, String at) throws LineFault {
    String written = optionalText(document, "publishedAt", ChatFields.MAX_ID, at);
    if (written == null || written.isEmpty()) {
      return null;
    }
    try {
      if (written.indexOf('T') < 0) {
        return LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException e) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".publishedAt",
          "is neither a date nor a time with its offset",
          "Write it as 2026-03-31 or 2026-03-31T09:30:00Z, or omit it");
    }
  }

  private static String memberPath(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  /**
   * Returns a member that is a text, or null if it is absent.
   *
   * @param at the path of the holder; empty for the line itself
   */
  static @Nullable String optionalText(JsonNode holder, String name, int most, String at)
      throws LineFault {
    JsonNode value = holder.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          memberPath(at, name),
          "is not a text",
          "Write it as a JSON string");
    }
    if (value.asString().length() > most) {
      throw new LineFault(
          RowProblem.Code.TOO_LARGE,
          memberPath(at, name),
          "is longer than %,d characters".formatted(most),
          "Shorten it, or divide it");
    }
    return value.asString();
  }
}
