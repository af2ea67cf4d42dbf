/** The encodings of a body. */
export type Format = 'json' | 'xml' | 'form';

export const FORMATS = ['json', 'xml', 'form'] as const satisfies readonly Format[];

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value } | JsonText;

/** JSON that goes into a JSON body as it stands, byte for byte; other formats read it. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** A body before it is encoded. In XML, a key '@attributes' holds the element's attributes. */
export interface Document {
  /** The name of the root element in XML. */
  root: string;
  /** Members of `value` that are attributes of the root element in XML. @default none */
  rootAttributes?: readonly string[];
  value: Record<string, Value>;
}
