/** Milliseconds on the clock that all processes of a machine share; the zero means nothing. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
