import { useQuery } from '@tanstack/react-query';

import { eventTypes } from '../api/event-types.js';
import { settings } from '../api/settings.js';
import { useHashQuery } from '../app/hash-query.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { Placeholder, ProblemNotice } from '../ui/notice.js';
import { Select } from '../ui/select.js';
import { PreviewSide } from './preview-side.js';
import styles from './preview.module.css';
import type { Side } from './sides.js';
import { MOST_SIDES, sidesOf, textOf } from './sides.js';

/** An event as different webhooks get it. What is compared lives in the address. */
export function PreviewView() {
  const { t, locale } = useI18n();
  const [{ eventType, as }, change] = useHashQuery();
  const types = useQuery(eventTypes(locale));
  const canonical = (types.data ?? []).filter(({ dialect }) => dialect === 'standard');
  const chosen = eventType ?? canonical[0]?.name;
  const sides = sidesOf(as, usualSides());
  const put = (next: Side[]) => change({ as: textOf(next) });
  return (
    <View
      title={t('preview.title')}
      lead={t('preview.lead')}
      actions={
        sides.length < MOST_SIDES && (
          <Button icon="add" onPress={() => put([...sides, ...sides.slice(-1)])}>
            {t('preview.addSide')}
          </Button>
        )
      }
    >
      {types.error && <ProblemNotice problem={types.error} onRetry={() => void types.refetch()} />}
      {types.isPending && <Placeholder height={320} />}
      {chosen !== undefined && (
        <>
          <div className={styles.type}>
            <Select
              label={t('preview.eventType')}
              options={canonical.map(({ name, label, description }) => ({ value: name, label, description }))}
              value={chosen}
              onChange={(name) => change({ eventType: name })}
            />
          </div>
          <div className={styles.sides}>
            {sides.map((side, index) => (
              <PreviewSide
                key={index}
                number={index + 1}
                eventType={chosen}
                side={side}
                onChange={(part) =>
                  put(sides.map((each, at) => (at === index ? { ...each, ...part } : each)))
                }
                onRemove={sides.length > 1 ? () => put(sides.filter((_, at) => at !== index)) : undefined}
              />
            ))}
          </div>
        </>
      )}
    </View>
  );
}

function usualSides(): Side[] {
  const { profiles, formats, defaultLocale } = settings;
  const format = formats[0] ?? 'json';
  return profiles
    .slice(0, 2)
    .map((profile) => ({ profile, format, locale: defaultLocale, capabilities: [] }));
}
