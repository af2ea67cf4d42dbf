/** Lets this process believe in another time, as a machine with a wrong clock does. */
export function skewSystemClock(skewMs: number): void {
  const { now } = Date;
  const RealDate = Date;
  class SkewedDate extends RealDate {
    constructor(...input: [] | [number | string | Date]) {
      if (input.length === 0) super(now.call(RealDate) + skewMs);
      else super(...(input as [number]));
    }
    static override now(): number {
      return now.call(RealDate) + skewMs;
    }
  }
  globalThis.Date = SkewedDate as DateConstructor;
}
