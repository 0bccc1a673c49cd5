package io.plumbline.inference.spend;

/** The dimension by which usage is added up. */
enum UsageGroup {
  API_KEY("api_key"),
  APPLICATION("application"),
  VARIANT("variant_digest"),
  MODEL("model");

  private final String column;

  UsageGroup(String column) {
    this.column = column;
  }

  /** Returns the column of the dimension, which is empty for usage that has no such part. */
  String column() {
    return column;
  }
}
