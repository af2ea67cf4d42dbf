/** Whether a key means something to JavaScript itself, so that parsers refuse, rename or drop it. */
export function isPrototypeKey(key: string): boolean {
  return key in Object.prototype || key === 'prototype';
}
