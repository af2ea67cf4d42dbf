import type { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = {
  'app.name': 'Webhook',
  'app.allContracts': 'Tutti i contratti',
  'app.contract': 'Contratto {contract}',
  'app.language': 'Lingua',
  'app.theme': 'Colori',
  'app.theme.system': 'Come il sistema',
  'app.theme.light': 'Chiaro',
  'app.theme.dark': 'Scuro',
  'app.notFound': 'Questa pagina non esiste',
  'app.notFound.text': 'L’indirizzo potrebbe essere sbagliato o di una versione precedente.',
  'app.toList': 'A tutti i webhook',

  'nav.label': 'Viste',
  'nav.skip': 'Vai al contenuto',
  'nav.webhooks': 'Webhook',
  'nav.preview': 'Anteprima',
  'nav.developers': 'Sviluppatori',

  'status.active': 'Attivo',
  'status.inactive': 'Inattivo',
  'status.disabled': 'Disattivato',

  'reason.gone': 'Il ricevente ha risposto 410 Gone.',
  'reason.exhausted': 'Una consegna ha esaurito tutti i tentativi.',
  'reason.failures': 'Troppi errori di seguito.',
};
