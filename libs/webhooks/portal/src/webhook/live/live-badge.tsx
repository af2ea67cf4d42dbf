import { useI18n } from '../../i18n/i18n.js';
import type { Tone } from '../../ui/badge.js';
import { Badge } from '../../ui/badge.js';
import { IconButton } from '../../ui/button.js';
import type { LiveState } from './live-news.js';
import styles from './live.module.css';

const TONES: Record<LiveState | 'paused', Tone> = {
  live: 'good',
  polling: 'info',
  connecting: 'quiet',
  paused: 'quiet',
  over: 'warn',
};

interface Props {
  state: LiveState | 'paused';
  onPause: (isPaused: boolean) => void;
}

/** Whether what is seen keeps itself up to date, and a way to make it stand still. */
export function LiveBadge({ state, onPause }: Props) {
  const { t } = useI18n();
  const isPaused = state === 'paused';
  return (
    <span className={styles.live} data-state={state}>
      <span role="status">
        <Badge tone={TONES[state]} title={state === 'live' ? t('live.live.text') : undefined}>
          {t(`live.${state}`)}
        </Badge>
      </span>
      <IconButton
        label={t(isPaused ? 'live.resume' : 'live.pause')}
        icon={isPaused ? 'play' : 'pause'}
        onPress={() => onPause(!isPaused)}
      />
    </span>
  );
}
