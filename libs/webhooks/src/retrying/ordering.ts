/** What a delivery's place in the order of its resource depends on, all read in one statement. */
export interface DeliveryOrder {
  /** The resource; null: the delivery waits for no other one. */
  key: string | null;
  /** Its place, the database's: no process's clock has a say in it. */
  sequence: number;
  dueAt: number;
  /** When fan-out, or a person, made it due. */
  since: number;
  /** The pending delivery of its resource and lane next before it. */
  before: { id: string; dueAt: number } | null;
  /** Whether an earlier event about its resource has not been fanned out yet. */
  eventBefore: boolean;
}

interface Ordered {
  id: string;
  order?: DeliveryOrder;
}

/** What a turn does with the deliveries that are due. */
export interface SlicePlan<Delivery> {
  /** Each line is sent one after another, the lines beside each other. */
  lines: Delivery[][];
  /** Those that wait for others, and when to look at them again. */
  parked: { id: string; dueAt: number }[];
}

/** A relay that has the earlier event in hand needs milliseconds; one that hangs is looked after this often. */
const LOOK_FOR_EVENT_AFTER_MS = 200;

/** Whether a delivery need not wait any longer for earlier ones that fail. */
export function waitIsOver({ since }: DeliveryOrder, now: number, maxWaitMs: number): boolean {
  return since + maxWaitMs <= now;
}

/**
 * Sorts what is due: free ones of one resource become a line, in their order; those behind one that waits for its retry
 * are parked until then, or until they have waited for as long as they have to.
 *
 * Each delivery knows only the one next before it. That is enough: going through a resource's due ones in their order, the
 * one next before is either the last one looked at, whose obstacles it shares, or an obstacle itself.
 *
 * @param due in the order in which they are due; lines begin in that order
 * @param limit how many deliveries the lines may hold in all
 */
export function planSlice<Delivery extends Ordered>(
  due: readonly Delivery[],
  limit: number,
  now: number,
  maxWaitMs: number,
): SlicePlan<Delivery> {
  const plan: SlicePlan<Delivery> = { lines: [], parked: [] };
  for (const group of byResource(due)) {
    const { line, parked } = planResource(group, now, maxWaitMs);
    if (line.length > 0) plan.lines.push(line);
    plan.parked.push(...parked);
  }
  return { ...plan, lines: firstOf(plan.lines, limit) };
}

function byResource<Delivery extends Ordered>(due: readonly Delivery[]): Delivery[][] {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of due) {
    const { key } = delivery.order ?? { key: null };
    // An id is no key: keys are prefixed, so that the two cannot meet.
    const group = key === null ? `id ${delivery.id}` : `key ${key}`;
    groups.set(group, [...(groups.get(group) ?? []), delivery]);
  }
  return [...groups.values()];
}

function planResource<Delivery extends Ordered>(group: Delivery[], now: number, maxWaitMs: number) {
  const line: Delivery[] = [];
  const parked: SlicePlan<Delivery>['parked'] = [];
  let blockedUntil = 0;
  let last: Delivery | undefined;
  for (const delivery of inOrder(group)) {
    const { order } = delivery;
    const obstacle = order?.before && order.before.id !== last?.id ? order.before : undefined;
    last = delivery;
    if (obstacle) blockedUntil = Math.max(blockedUntil, obstacle.dueAt + 1);
    if (order?.eventBefore) blockedUntil = Math.max(blockedUntil, now + LOOK_FOR_EVENT_AFTER_MS);
    if (!order || blockedUntil === 0) line.push(delivery);
    else if (!waitIsOver(order, now, maxWaitMs))
      park(delivery.id, order, Math.min(blockedUntil, order.since + maxWaitMs));
    // The one before is due as well, and only beyond the end of this slice: it does go first.
    else if (obstacle && obstacle.dueAt <= now) park(delivery.id, order, obstacle.dueAt + 1);
    else line.push(delivery);
  }
  return { line, parked };

  function park(id: string, order: DeliveryOrder, until: number): void {
    parked.push({ id, dueAt: Math.max(until, order.dueAt) });
  }
}

function inOrder<Delivery extends Ordered>(group: readonly Delivery[]): Delivery[] {
  return group.toSorted((one, other) => (one.order?.sequence ?? 0) - (other.order?.sequence ?? 0));
}

/** Lines that hold so many deliveries in all. */
export function firstOf<Delivery>(lines: Delivery[][], limit: number): Delivery[][] {
  let left = limit;
  const first: Delivery[][] = [];
  for (const line of lines) {
    if (left === 0) break;
    first.push(line.slice(0, left));
    left -= Math.min(line.length, left);
  }
  return first;
}
