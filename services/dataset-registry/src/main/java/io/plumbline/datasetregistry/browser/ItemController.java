package io.plumbline.datasetregistry.browser;

import io.plumbline.items.Document;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API that lists items. Names of people are not masked, and test items are not for everybody,
 * so the roles that may read single rows are the ones that may list items.
 */
@RestController
class ItemController {

  private static final int MAX_SEARCH = 200;

  private final ItemBrowser browser;

  ItemController(ItemBrowser browser) {
    this.browser = browser;
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/items")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  @Operation(
      summary = "List the items of a dataset version or of a subset, with sensitive values masked",
      description =
          "In the order of the rows, or of the subset. Of a split that is not named, the newest one"
              + " is meant. text is looked for in the masked texts, label is the expected one, and"
              + " finding is a kind of finding: of each, the first 1,000 are known by item. A"
              + " document is listed by its documentId, which a passage names. A page may have"
              + " fewer items than its limit, even none, and still name a next one: it ends after 1"
              + " MiB of items, or after 16 MiB in which it looked for them.")
  public Page<ListedItem> listDatasetItems(
      @PathVariable String name,
      @PathVariable int number,
      @RequestParam(required = false) @Nullable String split,
      @RequestParam(required = false) @Nullable String subset,
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(required = false) @Nullable String finding,
      @RequestParam(required = false) @Nullable String documentId,
      @RequestParam(required = false) @Nullable String text,
      PageRequest page)
      throws IOException {
    return browser.page(
        name,
        number,
        new ItemBrowser.Query(
            searchParameter("split", split),
            searchParameter("subset", subset),
            searchParameter("label", label),
            searchParameter("finding", finding),
            searchParameter("documentId", documentId, Document.MAX_ID),
            searchParameter("text", text)),
        page);
  }

  private static @Nullable String searchParameter(String parameter, @Nullable String value) {
    return searchParameter(parameter, value, MAX_SEARCH);
  }

  private static @Nullable String searchParameter(
      String parameter, @Nullable String value, int limit) {
    if (value != null && value.length() > limit) {
      throw Problem.invalid(parameter, "is longer than " + limit + " characters; shorten it");
    }
    return value == null || value.isBlank() ? null : value;
  }
}
