package io.plumbline.images;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import java.util.List;

/** The image that the images of the applications stand on. */
sealed interface BaseImage permits PinnedBase, LinkedBase {

  /**
   * A part of the base image, for the bill of materials and the provenance.
   *
   * @param type the type of a CycloneDX component, such as {@code library}
   * @param purl the package URL
   * @param sha256 of the package's file or of the image's manifest, in hexadecimal digits
   */
  record Component(String type, String name, String version, String purl, String sha256) {}

  /** Returns the beginning of an image. */
  JibContainerBuilder newImage();

  /** Returns the parts that are known: the image itself, or its packages and its Java. */
  List<Component> components();

  /** Returns how the provenance names the base. */
  String description();
}
