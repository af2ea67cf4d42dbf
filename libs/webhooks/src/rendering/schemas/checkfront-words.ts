import { nounOf } from './json-schema.js';

const WORDS: Partial<Record<string, string[]>> = {
  'booking.created': ['booking.create'],
  'booking.confirmed': ['booking.status', 'booking.update'],
  'booking.updated': ['booking.status', 'booking.update'],
  'booking.cancelled': ['booking.status', 'booking.update'],
};

const SUBJECTS: Partial<Record<string, string>> = {
  booking: 'booking',
  payment: 'transaction',
  product: 'item',
  rate: 'rate',
  availability: 'calendar',
  order: 'order',
  flight: 'flight',
};

/** What Checkfront calls what an event is about; undefined for a type that the host added. */
export function checkfrontSubject(type: string): string | undefined {
  return SUBJECTS[nounOf(type)];
}

/** The words that the body of a type may begin with. */
export function checkfrontWords(type: string): string[] {
  const subject = checkfrontSubject(type);
  const verb = subject === 'transaction' ? 'insert' : 'update';
  return WORDS[type] ?? [subject === undefined ? type : `${subject}.${verb}`];
}
