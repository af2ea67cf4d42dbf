import type { ui as english } from '../en/ui.js';
import type { Area } from '../messages.js';

export const ui: Area<typeof english> = {
  'ui.close': 'Fermer',
  'ui.cancel': 'Annuler',
  'ui.copy': 'Copier',
  'ui.copied': 'Copié',
  'ui.optional': 'facultatif',
  'ui.pending': 'En cours',
  'ui.retry': 'Réessayer',
  'ui.sortBy': 'Trier par {column}',
  'ui.all': 'Tous',
  'ui.default': 'Par défaut : {value}',

  'problem.offline': 'Le serveur ne répond pas.',
  'problem.offline.detail': 'Vérifiez votre connexion, puis réessayez.',
  'problem.signedOut': 'Vous êtes déconnecté.',
  'problem.signedOut.detail': 'Reconnectez-vous, puis rechargez cette page.',
  'problem.forbidden': 'Vous n’en avez pas le droit.',
  'problem.notFound': 'Cela n’existe pas, ou vous ne pouvez pas le voir.',
  'problem.refused': 'Cela a été refusé.',
  'problem.server': 'Une erreur est survenue sur le serveur.',
  'problem.page': 'Cette page a une erreur.',
};
