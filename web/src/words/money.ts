// Money from exact minor units to words. Amounts stay whole numbers: nothing is divided before
// the last digit is chosen.

const SIGNS: Record<string, string> = {
  GBP: '£', EUR: '€', USD: '$', CAD: 'CA$', AUD: 'A$', NZD: 'NZ$', JPY: '¥', INR: '₹',
};

export interface Currency {
  code: string;
  decimals: number;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The sign or code that stands before an amount: "£", "CHF ". */
export function sign(currency: Currency): string {
  return SIGNS[currency.code] ?? `${currency.code} `;
}

/** Whole units, rounded half away from zero: "£1,234,568", "−£52". */
export function money(amount: number, currency: Currency): string {
  const unit = 10 ** currency.decimals;
  const size = Math.abs(amount);
  const whole = Math.floor(size / unit) + ((size % unit) * 2 >= unit ? 1 : 0);
  return `${amount < 0 && whole > 0 ? '−' : ''}${sign(currency)}${grouped(String(whole))}`;
}

/** To the minor unit: "£1,234,567.89". */
export function exactMoney(amount: number, currency: Currency): string {
  const unit = 10 ** currency.decimals;
  const size = Math.abs(amount);
  const minor = String(size % unit).padStart(currency.decimals, '0');
  const tail = currency.decimals > 0 ? `.${minor}` : '';
  return `${amount < 0 ? '−' : ''}${sign(currency)}${grouped(String(Math.floor(size / unit)))}${tail}`;
}

/** For axes and tiles: "£1.24M", "£870k", "£52". */
export function shortMoney(amount: number, currency: Currency): string {
  const units = Math.abs(amount) / 10 ** currency.decimals;
  const minus = amount < 0 ? '−' : '';
  const with3 = (value: number): string =>
    value >= 100 ? value.toFixed(0) : value >= 10 ? trim(value.toFixed(1)) : trim(value.toFixed(2));
  if (units >= 999_500_000) return `${minus}${sign(currency)}${with3(units / 1e9)}B`;
  if (units >= 999_500) return `${minus}${sign(currency)}${with3(units / 1e6)}M`;
  if (units >= 9_995) return `${minus}${sign(currency)}${with3(units / 1e3)}k`;
  return money(amount, currency);
}

function trim(digits: string): string {
  return digits.replace(/\.?0+$/, '');
}
