import type { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = {
  'list.title': 'Webhooks',
  'list.count': { one: '{count} webhook', other: '{count} webhooks' },
  'list.add': 'Ajouter',
  'list.download': 'Télécharger Excel',
  'list.downloadCsv': 'CSV',
  'list.filters': 'Filtrer et trier',
  'list.clear': 'Effacer les filtres',

  'list.column.no': 'Nº',
  'list.column.contract': 'Contrat',
  'list.column.url': 'URL',
  'list.column.eventType': 'Type d’événement',
  'list.column.status': 'Statut',
  'list.column.health': 'Dernières 24 heures',
  'list.column.actions': 'Actions',

  'list.filter': 'Filtrer par {column}',
  'list.filter.id': 'ID',
  'list.filter.contains': 'Contient',
  'list.filter.failing': 'En échec',
  'list.filter.healthy': 'Sans échec',
  'list.filter.gone': 'Désactivé : 410 Gone',
  'list.filter.exhausted': 'Désactivé : tentatives épuisées',
  'list.filter.failures': 'Désactivé : trop d’échecs',

  'list.edit': 'Modifier {url}',
  'list.delete': 'Supprimer {url}',
  'list.hours': '{succeeded} livrées et {failed} en échec au cours des dernières 24 heures',
  'list.hoursPartial':
    '{succeeded} livrées et {failed} en échec parmi les plus récentes des dernières 24 heures',
  'list.quiet': 'Aucune livraison',
  'list.failingSince': 'En échec depuis le {time}',
  'list.moreTypes': '{count} de plus',

  'list.empty': 'Pas encore de webhook',
  'list.empty.text': 'Ajoutez-en un : une adresse à vous, et les événements dont elle doit être informée.',
  'list.none': 'Aucun webhook ne correspond',
  'list.none.text': 'Changez les filtres ou effacez-les.',
  'list.loading': 'Chargement des webhooks',

  'delete.title': 'Supprimer ce webhook ?',
  'delete.text':
    'Plus rien ne sera envoyé à {url}. Un webhook supprimé ne peut pas être récupéré. Disparaissent avec lui :',
  'delete.log': 'son journal de livraison, avec toutes les tentatives',
  'delete.pending': {
    one: '{count} livraison qui n’a pas encore été envoyée',
    other: '{count} livraisons qui n’ont pas encore été envoyées',
  },
  'delete.pendingMany': 'plus de {count} livraisons qui n’ont pas encore été envoyées',
  'delete.pendingUnknown': 'les livraisons qui n’ont pas encore été envoyées',
  'delete.secret': 'son secret et ses en-têtes de requête',
  'delete.confirm': 'Supprimer le webhook',
  'delete.done': 'Webhook supprimé',
};
