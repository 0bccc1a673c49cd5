package io.plumbline.strategy.economics.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.economics.CostModelView;
import io.plumbline.strategy.economics.CostModels;
import io.plumbline.strategy.economics.CostQuestion;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cost models. */
@RestController
@RequestMapping("/api/cost-models")
class CostModelController {

  private final CostModels models;

  CostModelController(CostModels models) {
    this.models = models;
  }

  @Operation(summary = "Compute what each approach costs a month, and where they cross")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  ResponseEntity<CostModelView> create(@RequestBody @Valid CostQuestion question) {
    CostModelView model = models.create(question);
    return ResponseEntity.created(URI.create("/api/cost-models/" + model.costModelId()))
        .body(model);
  }

  @Operation(summary = "List cost models, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  Page<CostModelView> list(@RequestParam @Nullable String application, PageRequest page) {
    return models.list(application, page);
  }

  @Operation(summary = "Read a cost model")
  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  CostModelView read(@PathVariable UUID id) {
    return models.find(id).orElseThrow(Problem::notFound);
  }
}
