import type { ReactNode } from 'react';
import { Component } from 'react';

import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { View } from './view.js';

interface State {
  fault: string | null;
}

/** Shows a fault of the page itself instead of nothing. Another address is another try. */
export class FaultBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(error: unknown): State {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  private readonly tryAgain = () => this.setState({ fault: null });

  override componentDidMount(): void {
    window.addEventListener('hashchange', this.tryAgain);
  }

  override componentWillUnmount(): void {
    window.removeEventListener('hashchange', this.tryAgain);
  }

  override render(): ReactNode {
    const { fault } = this.state;
    return fault === null ? this.props.children : <FaultView fault={fault} />;
  }
}

function FaultView({ fault }: { fault: string }) {
  const { t } = useI18n();
  return (
    <View title={t('problem.page')}>
      <Notice tone="bad" action={<Button onPress={() => window.location.reload()}>{t('ui.retry')}</Button>}>
        <span data-ltr>{fault}</span>
      </Notice>
    </View>
  );
}
