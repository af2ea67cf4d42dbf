// Symbol.for, so that a second copy of the package (npm link, a test runner's module registry) still meets the first.

/** The merged and validated options, see {@link ResolvedWebhooksOptions}. */
export const WEBHOOKS_OPTIONS = Symbol.for('nestjs-booking-webhooks.options');

/** The TypeORM data source that holds the module's tables. */
export const WEBHOOKS_DATA_SOURCE = Symbol.for('nestjs-booking-webhooks.data-source');

/** The adapter that wakes lanes, see {@link LaneScheduler}. */
export const LANE_SCHEDULER = Symbol.for('nestjs-booking-webhooks.lane-scheduler');

/** The source of the current time, see {@link Clock}. Tests replace it. */
export const WEBHOOKS_CLOCK = Symbol.for('nestjs-booking-webhooks.clock');

/** How many live streams there may be, and how often they tell of something. Specs replace it. */
export const LIVE_LIMITS = Symbol.for('nestjs-booking-webhooks.live-limits');

/** The folder that the portal's page was built to. Specs replace it. */
export const PORTAL_FOLDER = Symbol.for('nestjs-booking-webhooks.portal-folder');
