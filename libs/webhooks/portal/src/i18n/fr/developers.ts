import type { developers as english } from '../en/developers.js';
import type { Area } from '../messages.js';

export const developers: Area<typeof english> = {
  'developers.title': 'Pour les développeurs',
  'developers.lead': 'Tout ce que fait cette page est possible avec l’API REST.',
  'developers.create': 'Créer un webhook',
  'developers.create.text': 'La réponse contient le secret, cette seule fois.',
  'developers.list': 'Lister les webhooks',
  'developers.list.text': 'Passez le nextCursor d’une réponse comme cursor pour obtenir la page suivante.',
  'developers.credentials':
    'L’API accepte les identifiants que vous utilisez pour cette plateforme. Mettez-les à la place de l’en-tête affiché ici.',
  'developers.verify': 'Vérifier une requête',
  'developers.verify.text':
    'Vérifiez le corps brut avant de le lire. Les requêtes suivent Standard Webhooks, dont les bibliothèques s’en chargent dans tous les langages.',
  'developers.verify.languages': 'Langage de programmation',
  'developers.install': 'Installer',
  'developers.openapi': 'Description de l’API',
  'developers.openapi.text': 'Chaque ressource, chaque corps et chaque en-tête, en OpenAPI 3.1.',
  'developers.openapi.download': 'Télécharger OpenAPI',

  'preview.title': 'Aperçu',
  'preview.lead': 'Ce que reçoit un webhook, avec un exemple. Rien n’est envoyé.',
  'preview.eventType': 'Type d’événement',
  'preview.side': 'Corps {count}',
  'preview.addSide': 'Comparer avec un autre',
  'preview.removeSide': 'Retirer le corps {count}',
  'preview.size': { one: '{count} octet', other: '{count} octets' },
};
