import type { FieldRule } from './field-rules.js';

/** Names and values only; which of them may be sent is the sender's rule. Values are never repeated. */
export const headerValues: FieldRule = {
  refusal: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object';
    const odd = Object.entries(value).find(([, part]) => typeof part !== 'string');
    return odd ? `the value of '${odd[0].slice(0, 64)}' is not a text` : undefined;
  },
  expected: 'send an object of header names and values, like { "X-Api-Key": "…" }',
};
