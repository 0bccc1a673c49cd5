/** An amount as decimal text, so that no digit is lost. */
export interface Money {
  amount: string;
  currency: string;
}

const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function money({ amount, currency }: Money): string {
  const value = Number(amount);
  const shown = value >= 1 ? cents.format(value) : threeDigits.format(value);
  return currency === 'USD' ? `$${shown}` : `${shown} ${currency}`;
}
