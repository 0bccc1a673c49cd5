package io.plumbline.modelregistry.catalog;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the catalogue.
 *
 * @param localUsdPerMillionTokens an estimate, not a bill: 0.10 USD for an hour of two rented cores
 *     that read about 10,000 tokens a second
 */
@ConfigurationProperties("plumbline")
public record CatalogSettings(@DefaultValue("0.003") BigDecimal localUsdPerMillionTokens) {}
