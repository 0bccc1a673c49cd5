package io.plumbline.images;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.plumbline.launcher.installation.LauncherException;
import java.util.List;

/** An image of a registry, named by its digest. It has to bring {@code java} 25 on its PATH. */
record PinnedBase(ImageReference reference) implements BaseImage {

  /** Reads {@code NAME@sha256:DIGEST}; a name without a digest is refused. */
  static PinnedBase parse(String text) {
    try {
      ImageReference reference = ImageReference.parse(text);
      if (reference.getDigest().isEmpty()) {
        throw new LauncherException(
            "The base image '%s' has no digest, so what is built could change with it. Name it as"
                    .formatted(text)
                + " NAME@sha256:DIGEST; `crane digest NAME` prints the digest.");
      }
      return new PinnedBase(reference);
    } catch (InvalidImageReferenceException e) {
      throw new LauncherException(
          "'%s' is not the name of an image. Name the base as NAME@sha256:DIGEST.".formatted(text),
          e);
    }
  }

  @Override
  public JibContainerBuilder newImage() {
    return Jib.from(
        RegistryImage.named(reference)
            .addCredentialRetriever(
                CredentialRetrieverFactory.forImage(reference, event -> {}).dockerConfig()));
  }

  @Override
  public List<BaseImage.Component> components() {
    String digest = reference.getDigest().orElseThrow();
    String repository = reference.getRepository();
    String name = repository.substring(repository.lastIndexOf('/') + 1);
    return List.of(
        new BaseImage.Component(
            "container",
            name,
            digest,
            "pkg:oci/%s@%s?repository_url=%s/%s"
                .formatted(name, digest.replace(":", "%3A"), reference.getRegistry(), repository),
            Digests.hex(digest)));
  }

  @Override
  public String description() {
    return reference.toString();
  }

  /** Returns whether the registry of the base is on this machine, where HTTP is allowed. */
  boolean isLocal() {
    return RegistryAddress.isLoopback(reference.getRegistry());
  }
}
