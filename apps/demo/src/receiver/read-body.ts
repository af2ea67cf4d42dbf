import { XMLParser, XMLValidator } from 'fast-xml-parser';
import qs from 'qs';

/** What a body holds, whatever its format. In XML and forms every value is a text. */
export type Fields = Record<string, unknown>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
};

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  attributesGroupName: '@attributes',
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/** @throws Error when the body is not well-formed in the format that its receiver asked for */
export function readBody(format: string, contentType: string | undefined, body: string): Fields {
  const [given] = (contentType ?? '').split(';');
  if (given !== CONTENT_TYPES[format])
    throw new Error(`The content type is ${given}, not that of ${format}.`);
  if (format === 'xml') return readXml(body);
  if (format === 'form') return readForm(body);
  return fieldsOf(JSON.parse(body));
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The members of the root element. */
function readXml(body: string): Fields {
  const valid = XMLValidator.validate(body);
  if (valid !== true) throw new Error(`The XML is not well-formed: ${valid.err.msg}`);
  return fieldsOf(Object.values(fieldsOf(xml.parse(body)))[0]);
}

/** By default qs would cut off what is longer or deeper than it expects. */
function readForm(body: string): Fields {
  const limits = { arrayLimit: 1_000, depth: 50, parameterLimit: 10_000 };
  return qs.parse(body, { ...limits, strictDepth: true, throwOnLimitExceeded: true });
}
