export { WebhookReceiverModule } from './webhook-receiver.module.js';
export type { WebhookReceiverAsyncOptions, WebhookReceiverOptions } from './webhook-receiver.module.js';
export type { IdempotencyOptions, VerificationOptions } from './receiver.options.js';

export { WebhookGuard } from './webhook.guard.js';
export { WebhookEvent } from './webhook-event.decorator.js';
export type { ReceivedEvent } from './webhook-event.decorator.js';
export { IdempotencyInterceptor } from './idempotency.interceptor.js';

export { ReceivedWebhooks } from './received-webhooks.js';
export { ReceivedWebhook } from './received-webhook.entity.js';
export type { ReceivedWebhookState } from './received-webhook.entity.js';
export { receiverMigrations } from './migrations/index.js';

export { verifyEd25519, verifyHmac, verifyStandard } from '../signing/verify.js';
export type { ReceivedBody, ToleranceOptions } from '../signing/verify.js';
export { verifyBasic, verifyBearer, verifyQueryToken } from '../signing/verify-credentials.js';
export type { BasicCredentials } from '../signing/verify-credentials.js';
export { VerificationKeyError } from '../signing/verification.js';
export type { HeaderValue, RefusalReason, RequestHeaders, Verification } from '../signing/verification.js';

export {
  IdempotencyKeyError,
  ReceiverConfigurationError,
  UnreadableBodyError,
  WebhookInProgressError,
  WebhookRefusedError,
} from './receiver.errors.js';
