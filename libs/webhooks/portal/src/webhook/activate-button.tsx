import type { WebhookView } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { problemText } from '../ui/problem-text.js';
import { toast } from '../ui/toast.js';
import { useActivation } from './use-activation.js';

interface Props {
  webhook: WebhookView;
  variant?: 'primary' | 'secondary';
}

export function ActivateButton({ webhook, variant }: Props) {
  const { t } = useI18n();
  const activation = useActivation(webhook.id);
  const activate = () =>
    activation.mutate(true, {
      onError: (problem) => {
        const { title, detail } = problemText(problem, t);
        toast([title, detail].filter(Boolean).join(' '), 'bad');
      },
    });
  return (
    <Button variant={variant} icon="play" isPending={activation.isPending} onPress={activate}>
      {t('webhook.activate')}
    </Button>
  );
}
