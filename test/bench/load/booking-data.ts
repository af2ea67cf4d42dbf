/** What a body holds beside its data: `{"type":"booking.updated","timestamp":"…","data":{"booking":…}}`. */
const ENVELOPE_BYTES = 88;
const BODY_BYTES = 1024;

/** A booking whose body has 1 kB, about as much as a guest, two units and their prices take. */
export function bookingData(id: string): { booking: Record<string, unknown> } {
  const booking = {
    id,
    status: 'CONFIRMED',
    productId: 'harbour-tour',
    availability: { localDateTimeStart: '2026-07-14T10:00:00+01:00', allDay: false },
    contact: { fullName: 'Ada Byron', emailAddress: 'ada@example.com', country: 'GB', locales: ['en-GB'] },
    unitItems: [
      { uuid: `${id}-1`, unitId: 'adult', pricing: { retail: 4500, net: 3600, currency: 'EUR' } },
      { uuid: `${id}-2`, unitId: 'child', pricing: { retail: 2500, net: 2000, currency: 'EUR' } },
    ],
    notes: '',
  };
  const bytes = Buffer.byteLength(JSON.stringify({ booking }));
  booking.notes = 'Wheelchair at pier three. '.repeat(40).slice(0, BODY_BYTES - ENVELOPE_BYTES - bytes);
  return { booking };
}
