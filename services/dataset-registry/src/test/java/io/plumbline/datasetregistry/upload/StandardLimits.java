package io.plumbline.datasetregistry.upload;

import org.springframework.boot.context.properties.bind.Binder;

/** The limits of uploads where nothing is configured. */
public final class StandardLimits {

  public static final UploadLimits LIMITS =
      new Binder().bindOrCreate("plumbline.uploads", UploadLimits.class);

  private StandardLimits() {}
}
