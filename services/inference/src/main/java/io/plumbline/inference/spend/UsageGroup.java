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

  /** Returns the database column of the dimension; usage without such a part has an empty text. */
  String column() {
    return column;
  }
}
