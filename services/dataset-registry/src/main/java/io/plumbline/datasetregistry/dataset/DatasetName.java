package io.plumbline.datasetregistry.dataset;

/** The name of a dataset. */
public final class DatasetName {

  /** The form of names: lower-case words joined by hyphens, 2 to 64 characters. */
  public static final String FORM = "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])";

  public static final String MESSAGE =
      "must have 2 to 64 lower-case letters, digits and inner hyphens";

  private DatasetName() {}
}
