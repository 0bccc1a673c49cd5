package io.plumbline.inference.spend;

/** What usage is added up by. */
enum UsageGroup {
  API_KEY("api_key"),
  APPLICATION("application"),
  VARIANT("variant_digest"),
  MODEL("model");

  private final String column;

  UsageGroup(String column) {
    this.column = column;
  }

  /** Where it is absent the column is empty. */
  String column() {
    return column;
  }
}
