package io.plumbline.modelregistry.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the catalogue.
 *
 * @param workspaces the workspaces in which the installed models are listed at start
 * @param localUsdPerMillionTokens an estimate, not a bill: 0.10 USD for an hour of two rented cores
 *     that read about 10,000 tokens a second
 */
@ConfigurationProperties("plumbline")
public record CatalogSettings(
    @DefaultValue({"0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"})
        List<UUID> workspaces,
    @DefaultValue("0.003") BigDecimal localUsdPerMillionTokens) {}
