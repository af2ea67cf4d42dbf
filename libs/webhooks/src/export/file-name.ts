/** `Webhooks_DDMMYYYY_HHMM` and the extension, by the clocks of a time zone. */
export function fileName(extension: 'xlsx' | 'csv', now: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const [day, month, year, hour, minute] = (['day', 'month', 'year', 'hour', 'minute'] as const).map(
    (part) => parts.get(part) ?? '',
  );
  return `Webhooks_${day}${month}${year}_${hour}${minute}.${extension}`;
}
