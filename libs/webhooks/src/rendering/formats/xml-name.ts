import { isPrototypeKey } from './prototype-keys.js';

/**
 * A key as the name of an element or attribute, so that no two keys share a name.
 *
 * What a name cannot hold is written as `_xHHHH_`, one for each UTF-16 unit, as SQL/XML (ISO 9075-14) and .NET's `XmlConvert`
 * do; so are the underscore of `_x`, the `x` of a leading `xml`, and the first letter of a name that JavaScript parsers
 * refuse (`constructor`). The empty key is `_x_`.
 */
export function xmlName(key: string): string {
  if (key === '') return '_x_';
  const unfitStart = isPrototypeKey(key) || /^(?:xml|[\d.-])/i.test(key);
  return unfitStart ? escapeUnit(key.charAt(0)) + escapeUnits(key.slice(1)) : escapeUnits(key);
}

// Letters beyond Latin-1 are names only since the fifth edition of XML 1.0, and Java's and .NET's parsers follow the fourth.
const UNFIT = /_(?=x)|[^A-Za-z\d_.\-À-ÖØ-öø-ÿ]/g;

function escapeUnits(text: string): string {
  return text.replace(UNFIT, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
