import type { Value } from '../document.js';
import { fieldsOf, filled, flag, list, oneOf, text, utc, whole } from './host-fields.js';
import type { Facts, Fields } from './host-fields.js';
import { normalisePricing, normaliseUnitPrices } from './normalise-pricing.js';

const STATUSES = ['AVAILABLE', 'FREESALE', 'SOLD_OUT', 'LIMITED', 'CLOSED'] as const;

/** OCTO's Availability, with what the host left out. The id of one is often its start, and stands in for it. */
export function normaliseAvailability(value: Value | undefined, facts: Facts): Fields {
  const it = fieldsOf(value);
  const start = text(it.localDateTimeStart, it.id) ?? '';
  const vacancies = whole(it.vacancies);
  const status = oneOf(STATUSES, it.status) ?? statusOf(flag(it.available), vacancies);
  return filled(it, {
    id: text(it.id) ?? start,
    localDateTimeStart: start,
    localDateTimeEnd: text(it.localDateTimeEnd) ?? start,
    utcCutoffAt: utc(it.utcCutoffAt) ?? utc(start) ?? facts.at,
    allDay: flag(it.allDay) ?? false,
    available: flag(it.available) ?? (status !== 'SOLD_OUT' && status !== 'CLOSED'),
    status,
    vacancies: vacancies ?? null,
    capacity: whole(it.capacity) ?? null,
    maxUnits: whole(it.maxUnits) ?? null,
    openingHours: list(it.openingHours, openingHours) ?? [],
    unitPricing: normaliseUnitPrices(it.unitPricing),
    pricing: normalisePricing(it.pricing),
    title: text(it.title),
    shortDescription: text(it.shortDescription),
  });
}

function statusOf(available: boolean | undefined, vacancies: number | undefined) {
  const soldOut = available === undefined ? vacancies !== undefined && vacancies <= 0 : !available;
  return soldOut ? 'SOLD_OUT' : 'AVAILABLE';
}

function openingHours(it: Fields): Fields {
  return filled(it, { from: text(it.from) ?? '00:00', to: text(it.to) ?? '23:59' });
}
