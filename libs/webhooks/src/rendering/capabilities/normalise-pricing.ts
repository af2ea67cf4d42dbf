import type { Value } from '../document.js';
import { fieldsOf, filled, isFields, list, text, whole } from './host-fields.js';
import type { Fields } from './host-fields.js';

/** ISO 4217: no currency. */
const NO_CURRENCY = 'XXX';

/** OCTO's Pricing, amounts in minor units; undefined for a price without an amount. */
export function normalisePricing(value: Value | undefined): Fields | undefined {
  const it = fieldsOf(value);
  const retail = whole(it.retail) ?? whole(it.original) ?? whole(it.net);
  if (retail === undefined) return undefined;
  const currency = text(it.currency)?.toUpperCase() ?? NO_CURRENCY;
  return filled(it, {
    original: whole(it.original) ?? retail,
    retail,
    net: whole(it.net) ?? null,
    currency,
    currencyPrecision: whole(it.currencyPrecision) ?? minorDigits(currency),
    includedTaxes: list(it.includedTaxes, normaliseTax) ?? [],
  });
}

/** One price or a list of them as a list; undefined if there is none. */
export function normalisePrices(value: Value | undefined): Fields[] | undefined {
  return list(isFields(value) ? [value] : value, normalisePricing);
}

/** Prices by unit, as an availability has them. */
export function normaliseUnitPrices(value: Value | undefined): Fields[] | undefined {
  return list(value, (item) => {
    const pricing = normalisePricing(item);
    return pricing && { ...pricing, unitId: text(item.unitId) ?? '' };
  });
}

function normaliseTax(it: Fields): Fields {
  const retail = whole(it.retail) ?? whole(it.original) ?? 0;
  return filled(it, {
    name: text(it.name) ?? '',
    retail,
    original: whole(it.original) ?? retail,
    net: whole(it.net) ?? null,
  });
}

function minorDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}
