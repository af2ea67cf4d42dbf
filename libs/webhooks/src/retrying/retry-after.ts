const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now` (epoch milliseconds): seconds, or a date in
 * any of the three forms that a recipient has to accept. A time in the past is 0; anything else is undefined.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^-?\d+$/.test(text)) return wait(Number(text) * 1_000);
  const at = imfFixdate(text) ?? rfc850(text, now) ?? asctime(text);
  return at === undefined ? undefined : wait(at - now);
}

function wait(ms: number): number {
  return Math.min(Math.max(ms, 0), Number.MAX_SAFE_INTEGER);
}

function imfFixdate(text: string): number | undefined {
  const [, day, month, year, hour, minute, second] = IMF_FIXDATE.exec(text) ?? [];
  return epochMs(Number(year), month, day, hour, minute, second);
}

function rfc850(text: string, now: number): number | undefined {
  const [, day, month, shortYear, hour, minute, second] = RFC_850.exec(text) ?? [];
  // RFC 9110: a two-digit year that appears to be more than 50 years ahead is the most recent past one.
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(shortYear);
  return epochMs(year > thisYear + 50 ? year - 100 : year, month, day, hour, minute, second);
}

function asctime(text: string): number | undefined {
  const [, month, day, hour, minute, second, year] = ASCTIME.exec(text) ?? [];
  return epochMs(Number(year), month, day, hour, minute, second);
}

function epochMs(
  year: number,
  monthName: string | undefined,
  dayText: string | undefined,
  hourText: string | undefined,
  minuteText: string | undefined,
  secondText: string | undefined,
): number | undefined {
  const month = MONTHS.indexOf(monthName ?? '');
  const [day, hour, minute, second] = [dayText, hourText, minuteText, secondText].map(Number);
  if (month < 0 || day === undefined || hour === undefined || minute === undefined || second === undefined) {
    return undefined;
  }
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const at = Date.UTC(year, month, day, hour, minute, second);
  // Date.UTC turns 31 February into March.
  return new Date(Date.UTC(year, month, day)).getUTCDate() === day ? at : undefined;
}
