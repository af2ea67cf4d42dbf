export { untilIdle } from './until-idle.js';
export type { UntilIdleOptions } from './until-idle.js';
export { TestReceiver } from './test-receiver.js';
export type { Answer, Answering, ReceivedRequest } from './test-receiver.js';
