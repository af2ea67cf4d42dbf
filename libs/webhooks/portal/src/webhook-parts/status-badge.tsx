import type { WebhookView } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import type { Tone } from '../ui/badge.js';
import { Badge } from '../ui/badge.js';

const TONES: Record<WebhookView['status'], Tone> = { active: 'good', inactive: 'quiet', disabled: 'bad' };

export function StatusBadge({ status }: Pick<WebhookView, 'status'>) {
  const { t } = useI18n();
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
