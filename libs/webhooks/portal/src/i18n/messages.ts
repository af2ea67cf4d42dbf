import type { messages as en } from './en/index.js';

/** A text in the forms that numbers ask for in its language, chosen by the value of `count`. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export type English = typeof en;
export type MessageKey = keyof English;

/** Every language has every text of the English ones, and a plural wherever that has one. */
export type Messages = Area<English>;

/** The same for one area's texts. */
export type Area<Texts> = { [Key in keyof Texts]: Texts[Key] extends string ? string : Plural };

type Value = string | number;
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<Key extends MessageKey> = English[Key] extends string
  ? NamesIn<English[Key]>
  : NamesIn<English[Key][keyof English[Key]]> | 'count';

/** The placeholders that a text has, as an argument; none when it has none. */
export type ValuesOf<Key extends MessageKey> = [NamesOf<Key>] extends [never]
  ? []
  : [values: { [Name in NamesOf<Key>]: Name extends 'count' ? number : Value }];

export type Translate = <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>) => string;

/** @param isolate keeps a value's direction from spilling into a text of the other one */
export function translator(locale: string, messages: Messages, isolate: boolean): Translate {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (key, ...[values]) => {
    const message: string | Plural = messages[key];
    const given = (values ?? {}) as Record<string, Value>;
    const text =
      typeof message === 'string' ? message : (message[plurals.select(Number(given.count))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = given[name];
      if (value === undefined) return placeholder;
      if (typeof value === 'number') return numbers.format(value);
      return isolate ? `\u2068${value}\u2069` : value;
    });
  };
}
