import type { Document, Format } from '../document.js';
import { formOf } from './form.js';
import { jsonOf } from './json.js';
import { xmlOf } from './xml.js';

export interface EncodedBody {
  contentType: string;
  body: Buffer;
}

/** The bytes of a body. What each format can and cannot carry is told where it is written. */
export function encode(document: Document, format: Format): EncodedBody {
  switch (format) {
    case 'json':
      return encoded('application/json', jsonOf(document.value));
    case 'xml':
      return encoded('application/xml; charset=utf-8', xmlOf(document));
    case 'form':
      return encoded('application/x-www-form-urlencoded', formOf(document.value));
  }
}

function encoded(contentType: string, text: string): EncodedBody {
  return { contentType, body: Buffer.from(text, 'utf8') };
}
