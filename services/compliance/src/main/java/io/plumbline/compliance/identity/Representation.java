package io.plumbline.compliance.identity;

import io.plumbline.contracts.Digest;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The part that is kept of the JSON that an administrator sent: its digest, and what names the
 * change. The digest is computed over the JSON without white space and without members that may
 * hold a secret, because a password can be guessed from the digest of its bytes.
 *
 * @param digest absent if the text is not JSON
 * @param names the names of the roles, groups or clients, and switches of the events themselves
 * @param workspaces the workspaces in the attributes of an account
 */
record Representation(@Nullable Digest digest, List<String> names, Set<UUID> workspaces) {

  static final Representation NONE = new Representation(null, List.of(), Set.of());

  /** The largest number of names that are kept of one event. */
  static final int MAX_NAMES = 50;

  private static final int MAX_NAME = 200;
  private static final int MAX_WORKSPACES = 10;
  private static final Pattern SECRET =
      Pattern.compile("secret|password|credential|private|token|^value$|^pin$");
  private static final Pattern NAMED = Pattern.compile("(/\\d+)?/(name|clientId)");
  private static final Pattern WORKSPACE = Pattern.compile("/attributes/workspace(/\\d+)?");
  private static final Pattern SWITCH = Pattern.compile("/adminEvents(Details)?Enabled");

  /** Reads a representation token by token, so that its tree never stands in memory. */
  static Representation of(String json) {
    MessageDigest digest = Digest.sha256();
    Set<UUID> workspaces = new HashSet<>();
    List<String> names = new ArrayList<>();
    try (JsonParser in = AdminEventReader.JSON.createParser(json);
        JsonGenerator out =
            AdminEventReader.JSON.createGenerator(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && isSecret(in.currentName())) {
          in.nextToken();
          in.skipChildren();
        } else {
          note(in, token, names, workspaces);
          copy(in, token, out);
        }
      }
    } catch (JacksonException e) {
      // Its text is neither kept nor logged: anything may be in it.
      return NONE;
    }
    return new Representation(Digest.ofRaw(digest.digest()), List.copyOf(names), workspaces);
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  private static void copy(JsonParser in, JsonToken token, JsonGenerator out) {
    if (token.isNumeric()) {
      // A number is written as it was sent, because a computed one could differ.
      out.writeNumber(in.getString());
    } else {
      out.copyCurrentEvent(in);
    }
  }

  private static void note(
      JsonParser in, JsonToken token, List<String> names, Set<UUID> workspaces) {
    if (!token.isScalarValue() || in.streamReadContext().getNestingDepth() > 3) {
      return;
    }
    String path = in.streamReadContext().pathAsPointer().toString();
    if (token == JsonToken.VALUE_STRING && WORKSPACE.matcher(path).matches()) {
      addWorkspace(in.getString(), workspaces);
    } else if (names.size() >= MAX_NAMES) {
      return;
    } else if (token == JsonToken.VALUE_STRING && NAMED.matcher(path).matches()) {
      names.add(AdminEventReader.storable(in.getString(), MAX_NAME));
    } else if (token.isBoolean() && SWITCH.matcher(path).matches()) {
      names.add(path.substring(1) + "=" + in.getString());
    }
  }

  private static void addWorkspace(String text, Set<UUID> workspaces) {
    try {
      if (workspaces.size() < MAX_WORKSPACES) {
        workspaces.add(UUID.fromString(text));
      }
    } catch (IllegalArgumentException e) {
      // An attribute that names no workspace gives none to the account.
    }
  }
}
