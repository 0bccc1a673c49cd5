package io.plumbline.prompttemplate.rendering;

import java.util.regex.Pattern;

/**
 * An image inside a message. A remote one would let a caller make the provider fetch any address,
 * and its content could change later.
 */
public final class InlineImage {

  /** An example of what to send, for error texts. */
  public static final String EXAMPLE = "data:image/png;base64,… (or jpeg, gif, webp)";

  private static final Pattern FORM =
      Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+");

  private InlineImage() {}

  public static boolean isInlineImageUrl(String url) {
    return FORM.matcher(url).matches();
  }
}
