import type { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = {
  'app.name': 'Webhooks',
  'app.allContracts': 'Tous les contrats',
  'app.contract': 'Contrat {contract}',
  'app.language': 'Langue',
  'app.theme': 'Couleurs',
  'app.theme.system': 'Comme le système',
  'app.theme.light': 'Clair',
  'app.theme.dark': 'Sombre',
  'app.notFound': 'Cette page n’existe pas',
  'app.notFound.text': 'L’adresse est peut-être mal saisie, ou vient d’une version plus ancienne.',
  'app.toList': 'Vers tous les webhooks',

  'nav.label': 'Vues',
  'nav.skip': 'Aller au contenu',
  'nav.webhooks': 'Webhooks',
  'nav.preview': 'Aperçu',
  'nav.developers': 'Développeurs',

  'status.active': 'Actif',
  'status.inactive': 'Inactif',
  'status.disabled': 'Désactivé',

  'reason.gone': 'Son récepteur a répondu 410 Gone.',
  'reason.exhausted': 'Une livraison a épuisé toutes ses tentatives.',
  'reason.failures': 'Trop d’échecs d’affilée.',
};
