import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { formatDuration } from '../localization/format.js';
import type { RenderContext } from '../profile.js';
import { readFlight } from './flight-data.js';
import type { FlightFacts } from './flight-data.js';
import { textOf } from './host-data.js';

type Language = Pick<RenderContext, 'locale' | 'messages'>;

/** What changed about a flight. Statuses are the portal's words (`Scheduled`, `Delayed`), whatever the host's case. */
export function flightBody(flight: EventData, previous: EventData, language: Language): Value {
  const facts = readFlight(flight);
  return {
    number: facts.number,
    date: facts.date,
    previousStatus: statusWord(textOf(previous.status, flight.previousStatus)),
    status: statusWord(facts.status),
    statusText: statusText(facts, language),
    scheduledDeparture: facts.scheduledDeparture,
    estimatedDeparture: facts.estimatedDeparture,
    delayMinutes: facts.delayMinutes,
  };
}

/** `ON_TIME` is `On Time`; what is not made of Latin words stays as it is. */
function statusWord(status: string | null): string | null {
  if (status === null || !/^[A-Za-z]+(?:[ _-][A-Za-z]+)*$/.test(status)) return status;
  return statusToken(status)
    .replaceAll('_', ' ')
    .replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** The status in the receiver's language; a status without a message is its word. */
function statusText({ status, delayMinutes }: FlightFacts, { locale, messages }: Language): string | null {
  if (status === null) return null;
  const token = statusToken(status);
  const late = token === 'delayed' && delayMinutes !== null && delayMinutes > 0 ? delayMinutes : null;
  const key = `flight.status.${token === 'delayed' && late === null ? 'delayed_unknown' : token}`;
  const text = messages(key, late === null ? {} : { duration: formatDuration(late, locale, messages) });
  return text === key ? statusWord(status) : text;
}

function statusToken(status: string): string {
  const token = status.toLowerCase().replaceAll(/[ -]/g, '_');
  return token === 'canceled' ? 'cancelled' : token;
}
