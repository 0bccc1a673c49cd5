package io.plumbline.images;

/**
 * An image that was built.
 *
 * @param repository such as {@code plumbline/gateway}
 * @param version the tag
 * @param digest of its manifest, by which registries and clusters know it
 */
record BuiltImage(String repository, String version, String digest) {

  String name() {
    return repository + ":" + version;
  }

  /** Returns the name under which cosign looks for signatures ({@code sig}) and attestations. */
  String attachmentName(String kind) {
    return repository + ":" + digest.replace(':', '-') + "." + kind;
  }
}
