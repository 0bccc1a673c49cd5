package io.plumbline.sensitivedata;

/**
 * The kinds of sensitive values. When two findings overlap, the kind that comes first here names
 * the masked span, so the specific ones come before the general ones.
 */
public enum SensitiveKind {
  PRIVATE_KEY(Category.SECRET),
  URL_CREDENTIALS(Category.SECRET),
  JWT(Category.SECRET),
  AWS_ACCESS_KEY(Category.SECRET),
  GITHUB_TOKEN(Category.SECRET),
  SLACK_TOKEN(Category.SECRET),
  MODEL_API_KEY(Category.SECRET),
  STRIPE_KEY(Category.SECRET),
  GOOGLE_API_KEY(Category.SECRET),
  VENDOR_TOKEN(Category.SECRET),
  AUTHORIZATION_HEADER(Category.SECRET),
  SECRET_ASSIGNMENT(Category.SECRET),
  EMAIL(Category.PERSONAL),
  IBAN(Category.PERSONAL),
  BITCOIN_ADDRESS(Category.PERSONAL),
  PAYMENT_CARD(Category.PERSONAL),
  US_SSN(Category.PERSONAL),
  UK_NINO(Category.PERSONAL),
  ES_DNI(Category.PERSONAL),
  IT_FISCAL_CODE(Category.PERSONAL),
  DE_TAX_ID(Category.PERSONAL),
  FR_NIR(Category.PERSONAL),
  BR_CPF(Category.PERSONAL),
  IPV6(Category.PERSONAL),
  IPV4(Category.PERSONAL),
  MAC_ADDRESS(Category.PERSONAL),
  PHONE(Category.PERSONAL);

  /** The distinction between personal data of a person and a secret of a system. */
  public enum Category {
    PERSONAL,
    SECRET
  }

  private final Category category;

  SensitiveKind(Category category) {
    this.category = category;
  }

  public Category category() {
    return category;
  }
}
