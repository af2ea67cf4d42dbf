import type { FieldRule } from '../webhooks/field-rules.js';
import { described, required } from '../webhooks/field-rules.js';
import { validated } from '../webhooks/validated.js';

const MOST_IDS = 200;

const idList: FieldRule = {
  refusal: (value) => {
    if (value === undefined) return 'is missing';
    if (typeof value !== 'string') return `${described(value)} is not a text`;
    const ids = value.split(',');
    if (ids.includes('')) return `${described(value)} has an empty id`;
    return ids.length > MOST_IDS ? `has ${ids.length} ids` : undefined;
  },
  expected: `send 1 to ${MOST_IDS} ids of webhooks, separated by commas`,
};

export class StatisticsQuery {
  /** Ids of webhooks, separated by commas. */
  @required(idList)
  ids!: string;
}

export const statisticsQuery = validated(StatisticsQuery);
